import { expect } from 'vitest';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, test } from '../../support/writes.js';

const TOMBSTONE = 'slug status headline retraction { reason editor recordedAt successor { slug status } }';

const publish = (record: TestServer, headline = 'Withdrawn', input: object = {}) =>
  publishStatement(record, headline, { slug: newSlug(), ...input });

const retract = (record: TestServer, slug: string, more: object = {}, fields = TOMBSTONE) =>
  mutate(record, 'retractDevelopment', { slug, reason: 'It never happened', ...more }, fields);

/** Reads a development without a token. */
async function show(record: TestServer, slug: string, fields = TOMBSTONE, args = '') {
  const { data, errors } = await record.request<{ it: any }>(
    `{ it: development(slug: "${slug}"${args}) { ${fields} } }`,
    { token: null },
  );
  expect(errors).toBeUndefined();
  return data?.it;
}

describeWithDatabase('a retraction', () => {
  test('leaves a tombstone with its reason, its editor, its time and its successor', async ({ record }) => {
    const [slug, successor] = [await publish(record), await publish(record, 'In its place')];
    const before = Date.now();
    const retracted = await retract(record, slug, { successor });
    expect(retracted).toEqual({
      ...{ slug, status: 'RETRACTED', headline: 'Withdrawn', revision: 2 },
      retraction: {
        ...{ reason: 'It never happened', editor: 'ADMIN_TOKEN', recordedAt: expect.any(String) },
        successor: { slug: successor, status: 'PUBLISHED' },
      },
    });
    const recordedAt = Date.parse(retracted.retraction.recordedAt);
    expect(recordedAt).toBeGreaterThanOrEqual(before);
    expect(recordedAt).toBeLessThanOrEqual(Date.now());
    const { revision: _, ...tombstone } = retracted;
    expect(await show(record, slug)).toEqual(tombstone);
    expect(await show(record, successor)).toMatchObject({ status: 'PUBLISHED', retraction: null });
  });

  test('needs no successor, and may have one that is retracted later', async ({ record }) => {
    const [first, second, third] = [await publish(record), await publish(record), await publish(record)];
    await retract(record, third, { successor: second });
    expect(await retract(record, second, { successor: first })).toMatchObject({
      retraction: { successor: { slug: first, status: 'PUBLISHED' } },
    });
    expect(await retract(record, first)).toMatchObject({ retraction: { successor: null } });
    expect(
      await show(record, third, 'retraction { successor { retraction { successor { slug } } } }'),
    ).toEqual({
      retraction: { successor: { retraction: { successor: { slug: first } } } },
    });
  });

  test('keeps the text, the evidence and every earlier revision', async ({ record }) => {
    const slug = await publish(record, 'Kept', { quotation: 'Words', topics: ['topic'] });
    await mutate(record, 'reviseStatement', { slug, summary: 'More', reason: 'A second look' });
    const whole =
      'headline summary ... on Statement { quotation } topics { slug } citations { key source { slug } }';
    const before = await show(record, slug, whole);
    await retract(record, slug);
    expect(await show(record, slug, whole)).toEqual(before);
    expect(await show(record, slug, 'revisions { nodes { number status reason editor } }')).toEqual({
      revisions: {
        nodes: [
          { number: 3, status: 'RETRACTED', reason: 'It never happened', editor: 'ADMIN_TOKEN' },
          { number: 2, status: 'PUBLISHED', reason: 'A second look', editor: 'ADMIN_TOKEN' },
          { number: 1, status: 'PUBLISHED', reason: null, editor: 'ADMIN_TOKEN' },
        ],
      },
    });
  });

  test('removes a development from lists, but not from links or lists filtered by RETRACTED', async ({
    record,
  }) => {
    await mutate(record, 'upsertTopic', { slug: 'withdrawn', name: 'Withdrawn' });
    const slug = await publish(record, 'Listed', { topics: ['withdrawn'] });
    const other = await publish(record, 'Answer', { topics: ['withdrawn'] });
    await mutate(record, 'linkDevelopments', { slug: other, to: slug, relation: 'RESPONDS_TO' });
    await retract(record, slug);
    const list = async (filter: object) => {
      const { developments } = await record.data(
        'query ($filter: DevelopmentFilter) { developments(filter: $filter) { nodes { slug } } }',
        { filter: { topic: ['withdrawn'], ...filter } },
      );
      return developments.nodes.map((node: { slug: string }) => node.slug);
    };
    expect(await list({})).toEqual([other]);
    expect(await list({ status: ['RETRACTED'] })).toEqual([slug]);
    expect(await show(record, other, 'links { to { slug status } }')).toEqual({
      links: [{ to: { slug, status: 'RETRACTED' } }],
    });
  });

  test('is one feed item, with the reason and the successor', async ({ record }) => {
    const [slug, successor] = [await publish(record), await publish(record)];
    const start = await feedHead(record);
    await retract(record, slug, { successor });
    const told = await toldSince(record, start, TOMBSTONE);
    expect(told).toMatchObject([
      {
        ...{ __typename: 'DevelopmentRetracted', reason: 'It never happened' },
        development: { slug, status: 'RETRACTED', retraction: { successor: { slug: successor } } },
      },
    ]);
  });

  test('is not visible as of an earlier point', async ({ record }) => {
    const slug = await publish(record);
    const cursor = await feedHead(record);
    await retract(record, slug);
    expect(
      await show(record, slug, 'status retraction { reason }', `, asOf: { cursor: "${cursor}" }`),
    ).toEqual({
      ...{ status: 'PUBLISHED', retraction: null },
    });
  });

  test.for(['', ' \n', 'x'.repeat(1_001)])('is refused with the reason %j', async (reason, { record }) => {
    const slug = await publish(record);
    expect(await retract(record, slug, { reason })).toMatchObject({
      ...{ code: 'INVALID_INPUT', message: expect.stringContaining('reason: Expected') },
    });
    expect(await show(record, slug, 'status')).toEqual({ status: 'PUBLISHED' });
  });

  test('is refused if the successor is the same, a draft, retracted, malformed or unknown', async ({
    record,
  }) => {
    const slug = await publish(record);
    const withdrawn = await publish(record);
    await retract(record, withdrawn, { successor: slug });
    const draft = newSlug();
    await mutate(record, 'recordStatement', { slug: draft, headline: 'Draft', occurred: '2019' });
    for (const [successor, message] of [
      [slug, 'successor: Expected another development; got the same.'],
      [draft, `successor: Expected a development that is PUBLISHED; "${draft}" is DRAFT.`],
      [withdrawn, `successor: Expected a development that is PUBLISHED; "${withdrawn}" is RETRACTED.`],
      ['Not a slug', 'successor: Expected a slug'],
      ['nowhere', 'No development has the slug "nowhere"'],
    ] as const) {
      expect(await retract(record, slug, { successor }), successor).toMatchObject({
        message: expect.stringContaining(message),
      });
    }
    expect(await show(record, slug, 'status revision')).toEqual({ status: 'PUBLISHED', revision: 1 });
  });

  test('prevents every later change', async ({ record }) => {
    const slug = await publish(record);
    const { citations } = await show(record, slug, 'citations { key }');
    const citation = citations[0].key;
    await mutate(record, 'assertClaim', { slug, citation, field: 'OCCURRED', value: '2019' });
    const claim = (await show(record, slug, 'claims { key }')).claims[0].key;
    await mutate(record, 'linkDevelopments', { slug, to: await publish(record), relation: 'PART_OF' });
    await retract(record, slug);
    const { links } = await show(record, slug, 'links { to { slug } }');
    const to = links[0].to.slug;
    for (const [name, input] of [
      ['assertClaim', { citation, field: 'OCCURRED', value: '2020' }],
      ['rankClaim', { claim, rank: 'DEPRECATED', reason: 'Because' }],
      ['addCitation', { source: 'source' }],
      ['linkDevelopments', { to, relation: 'ANNOUNCES' }],
      ['unlinkDevelopments', { to, relation: 'PART_OF' }],
      ['reviseStatement', { summary: 'More' }],
      ['publishDevelopment', {}],
      ['retractDevelopment', { reason: 'Again' }],
    ] as const) {
      expect(await mutate(record, name, { slug, ...input }), name).toMatchObject({ code: 'WRONG_STATUS' });
    }
    expect(await show(record, slug, 'revision')).toEqual({ revision: 4 });
  });
});
