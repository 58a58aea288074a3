import fc from 'fast-check';
import { buildSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DomainError } from '../../src/domain/errors.js';
import { schema } from '../../src/graphql/schema.js';
import { describeWithDatabase } from '../support/fixtures.js';
import {
  type EditorChange,
  editorChanges,
  FREE_SLUG,
  fillRecord,
  SLUGS,
} from '../support/random/editor-changes.js';
import { readPool } from '../support/random/random-input.js';
import { randomQueries } from '../support/random/random-query.js';
import { WORLD } from '../support/random/random-record.js';
import { runs } from '../support/random/runs.js';
import { openRecordWithCache, type Question, type RecordWithCache } from '../support/record-with-cache.js';

/** Seeds the queries and changes. A failure prints it, and `FUZZ_SEED` sets it. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261125);
const RANDOM_QUESTIONS = 60;
const ROUNDS = runs(30, 10);
const CHANGES_AT_ONCE = 2;
/** Outside the long tests, one in five of the queries. */
const EACH = inject('runs') === 'all' ? 1 : 5;

/** Queries of every kind. */
function directed(): Question[] {
  const SHOWN = 'slug headline occurred { text } status disputed revision';
  const ofEach = SLUGS.flatMap((one) => [
    `{ development(slug: "${one}") { ${SHOWN} retraction { reason successor { slug headline } } } }`,
    `{ development(slug: "${one}") { links(direction: IN) { relation from { ${SHOWN} } } } }`,
    `{ development(slug: "${one}") { links(direction: OUT) { relation to { ${SHOWN} } } } }`,
    `{ development(slug: "${one}") { revisions { nodes { number changes { field before after } } } } }`,
    `{ chain(slug: "${one}", depth: 2) { isComplete nodes { slug } edges { from { slug } to { slug } } } }`,
    `{ chain(slug: "${one}", depth: 9, direction: IN, relations: [RESPONDS_TO]) { nodes { headline } } }`,
    `{ development(slug: "${one}", asOf: { moment: "2999-01-01T00:00:00Z" }) { ${SHOWN} } }`,
    `{ developments(asOf: { revision: { slug: "${one}", number: 2 } }) { nodes { slug links { to { slug } } } } }`,
    `{ changesBetween(from: { revision: { slug: "${one}", number: 2 } }) { nodes { kind changes { field after } } } }`,
  ]);
  const filters = [
    ...WORLD.topics.map((one) => `topic: ["${one}"]`),
    ...WORLD.actors.map((one) => `participant: { actor: "${one}" }`),
    ...WORLD.sources.flatMap((one) => [`source: ["${one}"]`, `restsOnlyOn: ["${one}"]`]),
    ...WORLD.doctrines.map((one) => `doctrine: ["${one}"]`),
    ...[
      'kind: [EVENT]',
      'eventType: [TEST]',
      'changeType: [ADOPTED]',
      'disputed: true',
      'minConfidence: HIGH',
    ],
    ...['status: [RETRACTED]', 'status: [PUBLISHED, RETRACTED]', 'country: ["RU"]', 'text: "missile"'],
    ...[
      'occurred: { within: "2019", certainty: CERTAIN }',
      'or: [{ treaty: ["inf"] }, { kind: [STATEMENT] }]',
    ],
  ];
  const lists = filters.flatMap((filter, index) => [
    index % 2 === 0
      ? `{ developments(filter: { ${filter} }, first: 5) { nodes { ${SHOWN} } } }`
      : `{ developments(filter: { not: { ${filter} } }, last: 3) { totalCount nodes { slug } } }`,
    index % 2 === 0
      ? `{ timeline(filter: { ${filter} }, interval: YEAR) { from kind count certain } }`
      : `{ events(filter: { ${filter} }) { totalCount } }`,
  ]);
  const sources = WORLD.sources.flatMap((one) => [
    `{ source(slug: "${one}") { developments { totalCount } } }`,
    `{ source(slug: "${one}") { agreement { preferred normal deprecated } } }`,
  ]);
  const others = [
    ...[
      '{ actors { nodes { name countryCode } } }',
      '{ treaties { nodes { parties { name } } } }',
      '{ feedHead }',
    ],
    ...['{ topics { totalCount } }', '{ weaponSystems { nodes { aliases { name source { title } } } } }'],
    ...['{ statements(orderBy: { field: RECORDED, direction: DESC }, first: 2) { nodes { slug } } }'],
    ...[`{ development(slug: "${FREE_SLUG}") { slug } }`, '{ development(slug: "new-3") { slug } }'],
  ];
  return [...ofEach, ...lists, ...sources, ...others].map((query) => ({ query }));
}

/** Random queries over the whole schema. */
async function random(record: RecordWithCache): Promise<Question[]> {
  const pool = await readPool({
    data: async (query: string) => (await record.answer({ query })).data as never,
  });
  // The schema as clients see it: its scalars accept any literal in a document.
  const queries = randomQueries(buildSchema(printSchema(schema)), { ...pool, developments: SLUGS });
  return fc.sample(queries, { seed: SEED, numRuns: RANDOM_QUESTIONS });
}

describeWithDatabase('cached responses', () => {
  let record: RecordWithCache;
  let questions: Question[];

  beforeAll(async () => {
    record = await openRecordWithCache();
    await fillRecord(record.writer, SEED);
    const all = [...directed(), ...(await random(record))];
    questions = all.filter((_, index) => index % EACH === 0);
  });

  afterAll(() => record?.[Symbol.asyncDispose]());

  test('equal those of a new execution, whatever changes before or during their execution', {
    timeout: 600_000,
  }, async () => {
    const counts = { kept: 0, dropped: 0, changed: 0, refused: 0 };
    const answers = new Map<Question, string>();
    const ask = async (question: Question) => {
      const answer = await record.ask(question);
      if (answers.has(question) && answers.get(question) !== answer) counts.changed += 1;
      answers.set(question, answer);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(editorChanges, { minLength: 1, maxLength: CHANGES_AT_ONCE }),
        async (some: EditorChange[]) => {
          const what = some.map((one) => one.what).join('; ');
          const missing = questions.filter((question) => record.find(question) === undefined);
          // A quarter of the queries run during the changes, the others before.
          const meanwhile = missing.filter((_, index) => index % 4 === 0);
          for (const question of missing.filter((_, index) => index % 4 !== 0)) await ask(question);
          const asking = Promise.all(meanwhile.map(ask));
          for (const change of some) {
            await change.apply(record.writer).catch((error: unknown) => {
              if (!(error instanceof DomainError)) throw error;
              counts.refused += 1;
            });
          }
          await asking;
          await record.tail.refresh();
          for (const question of questions) {
            const kept = record.find(question);
            counts[kept === undefined ? 'dropped' : 'kept'] += 1;
            if (kept === undefined) continue;
            const anew = JSON.stringify(await record.answer(question));
            expect(kept, `${question.query}\nafter: ${what}`).toBe(anew);
          }
        },
      ),
      { seed: SEED, numRuns: ROUNDS, endOnFailure: true },
    );
    console.info('seed', SEED, counts);
    // The test proves little if little changes, or if nothing stays in the cache.
    expect(counts.changed).toBeGreaterThan(ROUNDS);
    // Every change drops all answers, so only rounds whose changes are refused keep them: at least one in fifteen.
    expect(counts.kept).toBeGreaterThan((questions.length * ROUNDS) / 15);
  });
});
