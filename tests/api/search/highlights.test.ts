import fc from 'fast-check';
import { expect } from 'vitest';
import { trimText } from '../../../src/domain/trim-text.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import { runs } from '../../support/random/runs.js';
import type { TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

type Highlight = { field: string; parts: { text: string; isHit: boolean }[] };

const HIGHLIGHTS = `query ($slug: String!, $text: String!, $asOf: AsOf) {
  development(slug: $slug, asOf: $asOf) { highlights(text: $text) { field parts { text isHit } } }
}`;

async function highlights(server: TestServer, slug: string, text: string, asOf: object | null = null) {
  const { development } = await server.data(HIGHLIGHTS, { slug, text, asOf });
  return development.highlights as Highlight[];
}

/** One line for each highlight, with the hits in brackets. */
const shown = (found: readonly Highlight[]) =>
  found.map(
    ({ field, parts }) =>
      `${field}: ${parts.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('')}`,
  );

describeWithDatabase('highlights', () => {
  test('mark the words in each field and each name separately', async ({ server }) => {
    await server.data(`mutation {
      upsertActor(input: { slug: "forces", kind: ORGANISATION, name: "Missile Forces", names: [{ name: "Ракетные войска" }] }) { __typename }
      upsertTopic(input: { slug: "tests", name: "Missile tests" }) { __typename }
    }`);
    await publishStatement(server, 'A missile is tested', {
      slug: 'whole',
      summary: 'Short-range missiles, & <b>no</b> warheads.',
      quotation: 'Ракеты полетят.',
      translation: 'The missiles will fly.',
      participants: [{ actor: 'forces', role: 'SPEAKER' }],
      topics: ['tests'],
    });
    expect(shown(await highlights(server, 'whole', 'missiles "no warhead"'))).toEqual([
      'HEADLINE: A [missile] is tested',
      'SUMMARY: Short-range [missiles], & <b>no</b> [warheads].',
      'TRANSLATION: The [missiles] will fly.',
      'NAME: [Missile] Forces',
      'NAME: [Missile] tests',
    ]);
    expect(shown(await highlights(server, 'whole', 'ракет* -missile'))).toEqual([
      'QUOTATION: [Ракеты] полетят.',
      'NAME: [Ракетные] войска',
    ]);
    for (const text of ['trade', '-missile', ' ', '?']) {
      expect(await highlights(server, 'whole', text), text).toEqual([]);
    }
  });

  test('are taken from the text shown: past text with asOf, present text without', async ({ server }) => {
    await publishStatement(server, 'On submarines', { slug: 'changed' });
    const { feedHead } = await server.data('{ feedHead }');
    await server.data(
      'mutation { reviseStatement(input: { slug: "changed", headline: "On bombers" }) { __typename } }',
    );
    const then = { cursor: feedHead };
    expect(shown(await highlights(server, 'changed', 'submarine or bomber', then))).toEqual([
      'HEADLINE: On [submarines]',
    ]);
    expect(shown(await highlights(server, 'changed', 'submarine or bomber'))).toEqual([
      'HEADLINE: On [bombers]',
    ]);
  });

  test('show passages of a long translation', async ({ server }) => {
    const filler = 'Nothing of note is said here at all. '.repeat(200);
    const translation = `${filler}A missile flew. ${filler}Two missiles fell. ${filler}`;
    await publishStatement(server, 'A speech', { slug: 'long', translation });
    const [found] = await highlights(server, 'long', 'missile');
    expect(found?.parts.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual([
      'missile',
      'missiles',
    ]);
    const text = found?.parts.map((part) => part.text).join('') ?? '';
    expect(text).toContain(' … ');
    expect(text.length).toBeLessThan(1_000);
    for (const passage of text.split(' … ')) expect(translation).toContain(passage);
  });

  test('refuse an invalid text with the same error as the filter', async ({ dossier }) => {
    const slug = 'inf-moratorium-ends-2025';
    const answer = await dossier.request(HIGHLIGHTS, { variables: { slug, text: 'a '.repeat(17) } });
    refuseFailure(dossier, answer);
    expect(complaints(answer)).toMatch(/^Expected text of at most 16 words and 1000 characters/);
  });

  test('join to the exact headline, whatever it contains and whatever the search text is', async ({
    server,
  }) => {
    const words = fc.constantFrom(
      'missile',
      'Missiles',
      '<b>',
      '</b>',
      '&amp;',
      '"',
      "'",
      '\\',
      '  ',
      '\t',
      'ракета',
      '🚀',
    );
    const text = fc
      .array(
        fc.oneof(
          words,
          fc.string({ unit: 'grapheme', maxLength: 5 }).map((any) => any.replaceAll('\0', '')),
        ),
        {
          minLength: 1,
          maxLength: 8,
        },
      )
      .map((all) => trimText(`missile ${all.join(' ')}`.slice(0, 300).toWellFormed()));
    await fc.assert(
      fc.asyncProperty(text, text, async (headline, searched) => {
        const slug = await publishStatement(server, headline);
        const found = await highlights(server, slug, searched.slice(0, 60));
        expect(found[0]?.parts.map((part) => part.text).join('')).toBe(headline);
        expect(found[0]?.parts.some(({ isHit, text: part }) => isHit && part === 'missile')).toBe(true);
      }),
      { numRuns: runs(40) },
    );
  });
});
