import { expect } from 'vitest';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

const CONFIDENCE = 'confidence confidenceReason derivedConfidence';

let sources = 0;

/** Creates a source with the given reliability, and the publisher if there is one. */
async function makeSource(record: TestServer, reliability: string, publisher?: string): Promise<string> {
  sources += 1;
  const slug = `graded-${sources}`;
  const made = await mutate(record, 'upsertSource', { slug, title: 'Graded', reliability, publisher });
  expect(made.message).toBeUndefined();
  return slug;
}

/** Returns citations, each of a new source: `B2` supports, `-B2` disputes, `B2 tass` names a publisher. */
async function cite(record: TestServer, grades: readonly string[]): Promise<object[]> {
  const citations: object[] = [];
  for (const grade of grades) {
    const [, sign, reliability = '', credibility, publisher] =
      /^(-?)([A-F])([1-6])(?: (.+))?$/.exec(grade) ?? [];
    citations.push({
      source: await makeSource(record, reliability, publisher),
      credibility: Number(credibility),
      ...(sign === '-' && { stance: 'DISPUTES' }),
    });
  }
  return citations;
}

const recordStatement = (record: TestServer, input: object) =>
  mutate(
    record,
    'recordStatement',
    { slug: newSlug(), headline: 'Graded', occurred: '2019', publish: true, ...input },
    `... on Statement { slug revision ${CONFIDENCE} }`,
  );

const revise = (record: TestServer, slug: string, input: object) =>
  mutate(record, 'reviseStatement', { slug, ...input }, `... on Statement { revision ${CONFIDENCE} }`);

const derived = (level: string) => ({
  confidence: level,
  confidenceReason: null,
  derivedConfidence: level,
});
const editors = (confidence: string, confidenceReason: string, derivedConfidence: string) => ({
  confidence,
  confidenceReason,
  derivedConfidence,
});
const NO_REASON = {
  code: 'INVALID_INPUT',
  message: expect.stringContaining('confidenceReason: Expected a reason why the confidence is'),
};

describeWithDatabase('confidence', () => {
  test.for<[string[], string]>([
    [['F6'], 'LOW'],
    [['A4'], 'LOW'],
    [['D1'], 'LOW'],
    [['C3'], 'MODERATE'],
    [['C1'], 'MODERATE'],
    [['A3'], 'MODERATE'],
    [['B2'], 'MODERATE'],
    [['A1'], 'HIGH'],
    [['B2', 'A2'], 'HIGH'],
    [['B2 TASS', 'A2 Kremlin'], 'HIGH'],
    [['B2 TASS', 'B2 tass'], 'MODERATE'],
    [['B2', 'C1', 'C1'], 'MODERATE'],
    [['-A1'], 'LOW'],
    [['A1', '-B2'], 'MODERATE'],
    [['A1', '-C3'], 'HIGH'],
    [['B2', '-B2'], 'LOW'],
    [['C3', '-D3'], 'MODERATE'],
  ])('from citations graded %j is %s', async ([grades, level], { record }) => {
    const citations = await cite(record, grades);
    expect(await recordStatement(record, { citations })).toMatchObject(derived(level));
  });

  test('is LOW when neither reliability nor credibility is given', async ({ record }) => {
    expect(await recordStatement(record, { citations: [{ source: 'source' }] })).toMatchObject(
      derived('LOW'),
    );
  });

  test('is derived anew when citations are added or revised', async ({ record }) => {
    const { slug } = await recordStatement(record, { citations: await cite(record, ['F6']) });
    const add = async (grade: string) => {
      const [citation] = await cite(record, [grade]);
      return mutate(record, 'addCitation', { slug, ...citation }, CONFIDENCE);
    };
    expect(await add('B2')).toMatchObject(derived('MODERATE'));
    expect(await add('A2')).toMatchObject(derived('HIGH'));
    expect(await add('-B1')).toMatchObject(derived('MODERATE'));
    const citations = await cite(record, ['E5']);
    expect(await revise(record, slug, { citations })).toMatchObject(derived('LOW'));
  });

  test('can be set by editors only with a reason', async ({ record }) => {
    const citations = await cite(record, ['B2']);
    const reason = { confidenceReason: 'Seen in person' };
    expect(await recordStatement(record, { citations, confidence: 'HIGH' })).toMatchObject(NO_REASON);
    const recorded = await recordStatement(record, { citations, confidence: 'HIGH', ...reason });
    expect(recorded).toMatchObject(editors('HIGH', 'Seen in person', 'MODERATE'));

    const { slug } = recorded;
    expect(await revise(record, slug, { confidence: 'LOW' })).toMatchObject(NO_REASON);
    expect(await revise(record, slug, { confidenceReason: null })).toMatchObject(NO_REASON);
    expect(await revise(record, slug, { confidence: 'LOW', confidenceReason: ' ' })).toMatchObject({
      message: expect.stringContaining('confidenceReason: Expected text'),
    });
    const changed = { confidence: 'LOW', confidenceReason: 'Denied since' };
    expect(await revise(record, slug, changed)).toMatchObject(editors('LOW', 'Denied since', 'MODERATE'));
  });

  test('set by editors survives revisions until they set it to null', async ({ record }) => {
    const citations = await cite(record, ['B2']);
    const own = { confidence: 'LOW', confidenceReason: 'A translation' };
    const { slug } = await recordStatement(record, { citations, ...own });
    expect(await revise(record, slug, { summary: 'More' })).toMatchObject(
      editors('LOW', 'A translation', 'MODERATE'),
    );
    const [added] = await cite(record, ['A2']);
    expect(await mutate(record, 'addCitation', { slug, ...added }, CONFIDENCE)).toMatchObject(
      editors('LOW', 'A translation', 'HIGH'),
    );
    expect(await revise(record, slug, { confidenceReason: 'A poor one' })).toMatchObject(
      editors('LOW', 'A poor one', 'HIGH'),
    );
    expect(await revise(record, slug, { confidence: null })).toMatchObject(derived('HIGH'));
  });

  test('set to the derived level is no override, and stores no reason', async ({ record }) => {
    const citations = await cite(record, ['B2']);
    const same = { confidence: 'MODERATE', confidenceReason: 'As I see it' };
    expect(await recordStatement(record, { citations, ...same })).toMatchObject(derived('MODERATE'));
  });

  test('reflects a changed source from the next revision of each development on', async ({ record }) => {
    const source = await makeSource(record, 'F');
    const citations = [{ source, credibility: 1 }];
    const [{ slug: one }, { slug: other }] = [
      await recordStatement(record, { citations }),
      await recordStatement(record, { citations }),
    ];
    const start = await feedHead(record);
    await mutate(record, 'upsertSource', { slug: source, title: 'Graded', reliability: 'A' });
    expect(await readDevelopment(record, one, `revision ${CONFIDENCE}`)).toEqual({
      revision: 1,
      ...derived('LOW'),
    });
    expect(await toldSince(record, start)).toEqual([]);

    expect(await revise(record, one, { headline: 'Graded' })).toMatchObject({
      revision: 1,
      ...derived('LOW'),
    });
    expect(await revise(record, one, { summary: 'More' })).toMatchObject({ revision: 2, ...derived('HIGH') });
    expect(await readDevelopment(record, other, `revision ${CONFIDENCE}`)).toEqual({
      ...{ revision: 1, ...derived('LOW') },
    });
    const [told] = await toldSince(record, start, `slug ${CONFIDENCE}`);
    expect(told).toMatchObject({
      development: { slug: one, ...derived('HIGH') },
      changes: [
        { field: 'confidence', before: 'LOW', after: 'HIGH' },
        { field: 'summary', before: null, after: 'More' },
      ],
    });
  });

  test('is compared with minConfidence as shown, overrides included', async ({ record }) => {
    await mutate(record, 'upsertTopic', { slug: 'asked', name: 'Asked' });
    const citations = await cite(record, ['A1']);
    const own = { confidence: 'LOW', confidenceReason: 'Withdrawn by its author' };
    const high = await recordStatement(record, { citations, topics: ['asked'] });
    const lowered = await recordStatement(record, { citations, topics: ['asked'], ...own });
    const slugs = async (minConfidence: string) => {
      const { developments } = await record.data(
        'query ($filter: DevelopmentFilter) { developments(filter: $filter) { nodes { slug } } }',
        { filter: { topic: ['asked'], minConfidence } },
      );
      return developments.nodes.map(({ slug }: { slug: string }) => slug).sort();
    };
    expect(await slugs('HIGH')).toEqual([high.slug]);
    expect(await slugs('MODERATE')).toEqual([high.slug]);
    expect(await slugs('LOW')).toEqual([high.slug, lowered.slug].sort());
  });
});
