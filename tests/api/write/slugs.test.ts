import { expect } from 'vitest';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

const publish = (record: TestServer, headline = 'Named') =>
  publishStatement(record, headline, { slug: newSlug() });

const rename = (record: TestServer, slug: string, to: string | null) =>
  mutate(record, 'reviseStatement', { slug, newSlug: to }, '... on Statement { slug revision }');

/** Publishes a development and renames it. Returns its old slug, then its new one. */
async function publishRenamed(record: TestServer): Promise<[old: string, now: string]> {
  const [old, now] = [await publish(record), newSlug()];
  expect(await rename(record, old, now)).toMatchObject({ slug: now, revision: 2 });
  return [old, now];
}

async function publishRetracted(record: TestServer): Promise<string> {
  const slug = await publish(record);
  await mutate(record, 'retractDevelopment', { slug, reason: 'Wrong' });
  return slug;
}

const taken = (slug: string) => ({ __typename: 'SlugTakenError', code: 'SLUG_TAKEN', slug });

/** Records two developments and renames one with a slug that another has. Returns the three results. */
async function tryToTake(record: TestServer, slug: string) {
  const asked = ['__typename', '... on SlugTakenError { slug }'] as const;
  const statement = { slug, headline: 'Taken', occurred: '2019' };
  return [
    await mutate(record, 'recordStatement', statement, ...asked),
    await mutate(record, 'recordEvent', { ...statement, type: 'TEST' }, ...asked),
    await mutate(record, 'reviseStatement', { slug: await publish(record), newSlug: slug }, ...asked),
  ];
}

describeWithDatabase('a slug', () => {
  test('that a development had still leads to it, for readers too', async ({ record }) => {
    const [old, now] = await publishRenamed(record);
    const last = newSlug();
    await rename(record, now, last);
    for (const slug of [old, now, last]) {
      const { data } = await record.request(`{ it: development(slug: "${slug}") { slug revision } }`, {
        token: null,
      });
      expect(data, slug).toEqual({ it: { slug: last, revision: 3 } });
    }
  });

  test('changes by a revision, which the feed sends with the new slug', async ({ record }) => {
    const old = await publish(record);
    const now = newSlug();
    const start = await feedHead(record);
    await rename(record, old, now);
    expect(await toldSince(record, start)).toMatchObject([
      {
        ...{ __typename: 'DevelopmentRevised', revision: 2, development: { slug: now } },
        changes: [{ field: 'slug', before: old, after: now }],
      },
    ]);
  });

  test('stays unless a valid, different one is given', async ({ record }) => {
    const slug = await publish(record);
    expect(await rename(record, slug, null)).toMatchObject({ slug, revision: 1 });
    expect(await rename(record, slug, slug)).toMatchObject({ slug, revision: 1 });
    expect(await mutate(record, 'reviseStatement', { slug, newSlug: 'Not a slug' })).toMatchObject({
      ...{ code: 'INVALID_INPUT', message: expect.stringContaining('newSlug: Expected a slug') },
    });
  });

  test('from before works in every mutation, and for link targets and successors', async ({ record }) => {
    const [old, now] = await publishRenamed(record);
    const [otherOld, otherNow] = await publishRenamed(record);
    const { citations } = await readDevelopment(record, old, 'citations { key }');
    const citation = citations[0].key;
    const change = async (name: string, input: object, fields?: string) => {
      const changed = await mutate(record, name, { slug: old, ...input }, fields);
      expect(changed, JSON.stringify(changed)).toMatchObject({ slug: now });
      return changed;
    };
    const claims = 'claims { key }';
    await change('addCitation', { source: 'source' });
    const asserted = await change('assertClaim', { citation, field: 'OCCURRED', value: '2020' }, claims);
    await change('rankClaim', { claim: asserted.claims[0].key, rank: 'PREFERRED', reason: 'Because' });
    const link = { to: otherOld, relation: 'RESPONDS_TO' };
    expect(await change('linkDevelopments', link, 'links { to { slug } }')).toMatchObject({
      links: [{ to: { slug: otherNow } }],
    });
    expect(await mutate(record, 'linkDevelopments', { slug: old, ...link, to: otherNow })).toMatchObject({
      message: expect.stringContaining('already'),
    });
    await change('unlinkDevelopments', link);
    await change('reviseStatement', { summary: 'More' }, '... on Statement { slug }');
    const retraction = { reason: 'Wrong', successor: otherOld };
    expect(await change('retractDevelopment', retraction, 'retraction { successor { slug } }')).toMatchObject(
      {
        ...{ status: 'RETRACTED', revision: 9, retraction: { successor: { slug: otherNow } } },
      },
    );
    const fields = 'slug status retraction { reason }';
    expect(await readDevelopment(record, old, fields)).toEqual({
      ...{ slug: now, status: 'RETRACTED', retraction: { reason: 'Wrong' } },
    });
  });

  test('from before does not allow a link from its development to itself', async ({ record }) => {
    const [old, now] = await publishRenamed(record);
    expect(
      await mutate(record, 'linkDevelopments', { slug: now, to: old, relation: 'CONTRADICTS' }),
    ).toMatchObject({
      message: expect.stringContaining('to: Expected another development; got the same.'),
    });
  });

  test('that a draft had before can publish it, and is hidden from readers until then', async ({
    record,
  }) => {
    const [old, now] = [newSlug(), newSlug()];
    const citations = [{ source: 'source' }];
    await mutate(record, 'recordStatement', { slug: old, headline: 'Draft', occurred: '2019', citations });
    await rename(record, old, now);
    const read = () => record.request(`{ it: development(slug: "${old}") { slug } }`, { token: null });
    expect((await read()).data).toEqual({ it: null });
    expect(await mutate(record, 'publishDevelopment', { slug: old })).toMatchObject({
      slug: now,
      revision: 3,
    });
    expect((await read()).data).toEqual({ it: { slug: now } });
  });

  test('belongs to the development that has it, had it, or was retracted with it', async ({ record }) => {
    const [old, now] = await publishRenamed(record);
    for (const slug of [old, now, await publishRetracted(record)]) {
      expect(await tryToTake(record, slug), slug).toEqual(
        [1, 2, 3].map(() => ({ ...taken(slug), message: expect.stringContaining(`"${slug}"`) })),
      );
    }
    const made = { headline: old.replace('-', ' '), occurred: '2019' };
    expect((await mutate(record, 'recordStatement', made, '... on Statement { slug }')).slug).toMatch(
      new RegExp(`^${old}-[0-9a-f]{8}$`),
    );
  });

  test('can be taken back by its own development, which keeps its other slugs', async ({ record }) => {
    const [old, now] = await publishRenamed(record);
    expect(await rename(record, now, old)).toMatchObject({ slug: old, revision: 3 });
    expect(await readDevelopment(record, now, 'slug')).toEqual({ slug: old });
    expect((await tryToTake(record, now)).map(({ code }) => code)).toEqual(Array(3).fill('SLUG_TAKEN'));
    expect(await rename(record, old, now)).toMatchObject({ slug: now, revision: 4 });
  });

  test('old or new leads to the development under its old slug as of an earlier point', async ({
    record,
  }) => {
    const old = await publish(record);
    const at = await feedHead(record);
    const now = newSlug();
    await rename(record, old, now);
    for (const slug of [old, now]) {
      const { it } = await record.data(
        `query ($at: Cursor!) { it: development(slug: "${slug}", asOf: { cursor: $at }) { slug revision } }`,
        { at },
      );
      expect(it, slug).toEqual({ slug: old, revision: 1 });
    }
  });

  test('that two developments request at once goes to one of them', async ({ record }) => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other, wanted] = [await publish(record), await publish(record), newSlug()];
      const results = await Promise.all([rename(record, one, wanted), rename(record, other, wanted)]);
      expect(results.map(({ __typename }) => __typename).sort()).toEqual(['SlugTakenError', 'Statement']);
    }
    expect(record.logged).toEqual([]);
  });
});
