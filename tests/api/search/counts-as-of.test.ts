import { expect, vi } from 'vitest';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import { retractDevelopment, reviseDevelopment } from '../../../src/domain/development/write/revise.js';
import { mergeReferences } from '../../../src/domain/merging/references/merge-references.js';
import { undoMerge } from '../../../src/domain/merging/undo.js';
import { upsertActor } from '../../../src/domain/references/actor.js';
import { upsertTopic } from '../../../src/domain/references/topic.js';
import type { Writer } from '../../../src/domain/write.js';
import { encodeCursor } from '../../../src/feed/cursor.js';
import { readHead } from '../../../src/feed/head.js';
import { CITED, makeSource } from '../../support/example-source.js';
import { expectVerified } from '../../support/expect-verified.js';
import { figure } from '../../support/figures.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';

const TOPICS = ['alpha', 'beta', 'gamma'];
const ACTORS = ['one', 'other'];
const DATES = ['2019-03', '2020-05-05', '202X', '2020-01/2021-06', '2021', '2020-11-30'];
const DEVELOPMENTS = 6;
const STEPS = 32;

const FILTERS: readonly object[] = [
  ...TOPICS.map((topic) => ({ topic: [topic] })),
  ...TOPICS.map((topic) => ({ topic: [topic], occurred: { within: '2020', certainty: 'CERTAIN' } })),
  { topic: ['beta'], status: ['RETRACTED', 'PUBLISHED'], kind: ['EVENT'] },
  { participant: { actor: 'one' } },
  { source: ['source'] },
];

interface Answer {
  readonly count: number;
  readonly slugs: readonly string[];
  readonly timeline: readonly object[];
}

/** Asks by each filter for the count, the list and the timeline, which use different indexes. */
async function ask(server: TestServer, filters: readonly object[], cursor?: string): Promise<Answer[]> {
  const names = filters.map((_, index) => `$f${index}: DevelopmentFilter`);
  const fields = filters.map(
    (_, index) => `
      list${index}: developments(first: 10, filter: $f${index}, asOf: $asOf) { totalCount nodes { slug } }
      timeline${index}: timeline(filter: $f${index}, interval: MONTH, asOf: $asOf) { from kind count certain }`,
  );
  const data = await server.data<any>(`query ($asOf: AsOf, ${names.join(', ')}) { ${fields.join('')} }`, {
    ...Object.fromEntries(filters.map((filter, index) => [`f${index}`, filter])),
    asOf: cursor === undefined ? null : { cursor },
  });
  return filters.map((_, index) => {
    const { totalCount: count, nodes } = data[`list${index}`];
    const slugs = nodes.map(({ slug }: { slug: string }) => slug).sort();
    return { count, slugs, timeline: data[`timeline${index}`] };
  });
}

/** Asks for the developments of two topics: how many, and their first and last dates. */
async function askTopics(server: TestServer, cursor?: string): Promise<object> {
  const fields = '{ firstOccurred { edtf } lastOccurred { edtf } developments { totalCount } }';
  const { alpha, beta } = await server.data(
    `query ($asOf: AsOf) {
      alpha: topic(slug: "alpha", asOf: $asOf) ${fields}
      beta: topic(slug: "beta", asOf: $asOf) ${fields}
    }`,
    { asOf: cursor === undefined ? null : { cursor } },
  );
  return { alpha, beta };
}

/** Returns numbers that are always the same. */
function numbers() {
  let state = 7;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describeWithDatabase('counts as of a point in the past', () => {
  test('are those of the present at that point, whatever has changed since', async ({ server }) => {
    const writer: Writer = { db: server.db, editor: 'test', wake: () => {} };
    const next = numbers();
    const one = <T>(values: readonly T[]) => values[next(values.length)] as T;
    await makeSource(server.db);
    for (const slug of TOPICS) await upsertTopic(writer, { slug, name: slug });
    for (const slug of ACTORS) {
      await upsertActor(writer, {
        slug,
        kind: 'PERSON',
        name: slug,
        countryCode: slug === 'one' ? 'SE' : null,
      });
    }
    const fields = () => ({
      topics: TOPICS.filter(() => next(2) === 0),
      occurred: one(DATES),
      participants: [{ actor: one(ACTORS), role: 'PARTICIPANT' as const }],
    });
    const isThere = new Set<string>();
    const isGone = new Set<string>();
    const points: {
      readonly cursor: string;
      readonly answers: readonly Answer[];
      readonly topics: object;
    }[] = [];
    let merged: string | undefined;
    for (let step = 0; step < STEPS; step += 1) {
      const slug = `development-${next(DEVELOPMENTS)}`;
      if (step === 16) {
        merged = (await mergeReferences(writer, 'TOPIC', { from: 'gamma', into: 'beta', reason: 'Same' })).id;
      } else if (merged !== undefined) {
        await undoMerge(writer, { merge: merged });
        merged = undefined;
      } else if (!isThere.has(slug)) {
        const content = { ...CITED, slug, type: 'TEST' as const, headline: slug, ...fields() };
        await recordDevelopment(writer, 'EVENT', content, { publish: true });
        isThere.add(slug);
      } else if (!isGone.has(slug)) {
        if (next(8) === 0) {
          await retractDevelopment(writer, slug, { reason: 'Not so' });
          isGone.add(slug);
        } else {
          await reviseDevelopment(writer, 'EVENT', slug, fields());
        }
      }
      const head = await readHead(server.db);
      // The writer does not wake the server, which then learns by its next look at the log what slugs mean.
      await vi.waitUntil(
        async () => (await figure(server, 'feed_position')) === Number(head.position),
        30_000,
      );
      const cursor = encodeCursor(head);
      points.push({ cursor, answers: await ask(server, FILTERS), topics: await askTopics(server) });
    }
    for (const { cursor, answers, topics } of points) {
      expect(await askTopics(server, cursor)).toEqual(topics);
      expect(await ask(server, FILTERS, cursor)).toEqual(answers);
    }
    // Countries of the past are those that actors have now.
    await upsertActor(writer, { slug: 'other', kind: 'PERSON', name: 'other', countryCode: 'SE' });
    for (const { cursor } of points) {
      const [answer] = await ask(server, [{ country: ['SE'] }], cursor);
      expect(answer?.count).toBe(answer?.slugs.length);
    }
    expect(points.at(-1)?.answers.some(({ count }) => count > 1)).toBe(true);
    expect(isGone.size).toBeGreaterThan(0);
    await expectVerified(server.db);
  }, 120_000);
});
