import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { test } from '../../support/shared.js';

/** Opens a page without following redirects, and returns its text without the comments between React's texts. */
async function get(url: string, target: string) {
  const response = await fetch(new URL(target, url), { redirect: 'manual' });
  const html = (await response.text()).replaceAll('<!-- -->', '');
  return { status: response.status, location: response.headers.get('location'), html };
}

const linkedDataIn = (html: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? 'null');

describeWithDatabase('the page of a development', () => {
  test('shows competing claims side by side, with grades in words', async ({ dossier }) => {
    const { status, html } = await get(dossier.url, '/d/putin-federal-assembly-address-2019');
    expect(status).toBe(200);
    const values = html.split('<p class="choice">').slice(1);
    expect(values).toHaveLength(2);
    expect(values[0]).toMatch(/^The record prefers<.*20 February 2019.*<b>B2<\/b> usually reliable source/s);
    expect(values[1]).toMatch(/^Also claimed<.*February 2020.*source not judged, possibly true/s);
  });

  test('can be cited, shared and found', async ({ dossier }) => {
    const path = '/d/putin-federal-assembly-address-2019';
    const { html } = await get(dossier.url, path);
    const { origin } = new URL(dossier.url);
    expect(html.includes(`<link rel="canonical" href="${origin}${path}">`)).toBe(true);
    expect(html.includes('<meta property="og:title" content="Putin tells parliament')).toBe(true);
    expect(html.includes('type="application/atom+xml" href="/feed.atom"')).toBe(true);
    expect(linkedDataIn(html)).toMatchObject({ '@type': 'Quotation', url: `${origin}${path}` });
    expect(html).toContain(`${path}/cite.bib?asOf=putin-federal-assembly-address-2019@`);
  });

  test('shows an earlier state as of its revision, and asks not to be indexed', async ({ dossier }) => {
    const path = '/d/putin-federal-assembly-address-2019?asOf=putin-federal-assembly-address-2019@1';
    const { status, html } = await get(dossier.url, path);
    expect(status).toBe(200);
    expect(html).toContain('You see the record as it stood');
    expect(html).toContain('<meta name="robots" content="noindex">');
  });

  test('moves with its slug', async ({ server }) => {
    const old = await publishStatement(server, 'Before', { slug: 'old-name' });
    await server.data(
      'mutation ($slug: String!) { reviseStatement(input: { slug: $slug, newSlug: "new-name", reason: "A better name" }) { __typename ... on Error { message } } }',
      { slug: old },
    );
    expect(await get(server.url, '/d/old-name')).toMatchObject({ status: 301, location: '/d/new-name' });
  });

  test('is gone with the reason once retracted', async ({ server }) => {
    const slug = await publishStatement(server, 'Never happened');
    await server.data(
      'mutation ($slug: String!) { retractDevelopment(input: { slug: $slug, reason: "Two records of one speech" }) { __typename } }',
      { slug },
    );
    const { status, html } = await get(server.url, `/d/${slug}`);
    expect(status).toBe(410);
    expect(html).toContain('Two records of one speech');
  });

  test('writes hostile texts as texts, wherever they stand', async ({ server }) => {
    const headline = '</script><script>alert(1)</script>"><img src=x>';
    const slug = await publishStatement(server, headline, { slug: 'hostile', summary: headline });
    const { html } = await get(server.url, `/d/${slug}`);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(linkedDataIn(html)).toMatchObject({ name: headline });
  });
});

describeWithDatabase('the page of a reference', () => {
  test.for([
    ['/actors/vladimir-putin', 'Person'],
    ['/treaties/inf', 'Treaty'],
    ['/weapon-systems/intermediate-and-shorter-range-missiles', 'Weapon system'],
    ['/doctrines/moratorium-intermediate-range-missiles', 'Doctrine'],
    ['/topics/nuclear-doctrine', 'Topic'],
    ['/sources/ryabkov-interview-article', 'Source'],
  ] as const)('%s says what it is, and lists its developments', async ([path, kind], { dossier }) => {
    const { status, html } = await get(dossier.url, path);
    expect(status).toBe(200);
    expect(html).toContain(`<p class="kicker">${kind}</p>`);
    expect(html).toMatch(/<p class="total">[1-9]\d* developments?/);
  });

  test('is missing for a slug that the record does not have', async ({ dossier }) => {
    expect((await get(dossier.url, '/topics/nothing')).status).toBe(404);
  });
});

describeWithDatabase('the map', () => {
  test('has outlines of land and no borders', () => {
    const assets = fileURLToPath(new URL('../../../dist/wire/client/assets/', import.meta.url));
    const files = readdirSync(assets).filter((name) => /\.(js|svg|json)$/.test(name));
    const land = files.find((name) => name.startsWith('land-')) ?? '';
    expect(readFileSync(assets + land, 'utf8').match(/<path/g)).toHaveLength(1);
    for (const name of files) {
      expect([name, /countries-\d+m|"arcs"/.test(readFileSync(assets + name, 'utf8'))]).toEqual([
        name,
        false,
      ]);
    }
  });
});
