import fc from 'fast-check';
import { buildSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upsertActor } from '../../src/domain/actor.js';
import { addCitation } from '../../src/domain/development/citations.js';
import { assertClaim } from '../../src/domain/development/claims.js';
import type { DevelopmentContent } from '../../src/domain/development/content.js';
import { linkDevelopments, unlinkDevelopments } from '../../src/domain/development/links.js';
import { recordDevelopment } from '../../src/domain/development/record.js';
import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../src/domain/development/revise.js';
import { LinkRelation } from '../../src/domain/development/vocabulary.js';
import { upsertDoctrine } from '../../src/domain/doctrine.js';
import { upsertSource } from '../../src/domain/source.js';
import { upsertTopic } from '../../src/domain/topic.js';
import { upsertTreaty } from '../../src/domain/treaty.js';
import { upsertWeaponSystem } from '../../src/domain/weapon-system.js';
import type { Writer } from '../../src/domain/write.js';
import { DomainError } from '../../src/errors.js';
import { schema } from '../../src/schema/index.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { countries, dates, developments, texts, WORLD } from '../support/generated.js';
import { readPool } from '../support/random-input.js';
import { randomQueries } from '../support/random-query.js';
import { openRecordWithCache, type Question, type RecordWithCache } from '../support/recorded.js';

/** Set it to have other questions and changes: a failure tells the seed that it had. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261125);
const DEVELOPMENTS = 14;
const RANDOM_QUESTIONS = 60;
const ROUNDS = 60;
const CHANGES_AT_ONCE = 2;

const slugs = Array.from({ length: DEVELOPMENTS }, (_, index) => `development-${index}`);
const slug = fc.constantFrom(...slugs);
const source = fc.constantFrom(...WORLD.sources);

type Change = (writer: Writer) => Promise<unknown>;

let newest = 0;
const newSlug = () => {
  newest += 1;
  return `new-${newest}`;
};

/** What editors do; a good part of it is refused. */
const changes: fc.Arbitrary<{ readonly what: string; readonly change: Change }> = fc.oneof(
  change('record', fc.tuple(developments, fc.boolean()), (writer, [{ kind, input }, publish]) =>
    recordDevelopment(writer, kind, { ...input, slug: newSlug() }, { publish }),
  ),
  change('revise', fc.tuple(slug, developments), (writer, [one, { kind, input }]) =>
    reviseDevelopment(writer, kind, one, input),
  ),
  change('rewrite', fc.tuple(slug, texts, dates), async (writer, [one, headline, occurred]) =>
    reviseDevelopment(writer, await kindOf(writer, one), one, {
      headline,
      occurred,
      claims: undefined,
    } as never),
  ),
  change('rename', slug, async (writer, one) =>
    reviseDevelopment(writer, await kindOf(writer, one), one, { newSlug: newSlug() } as never),
  ),
  change('take a slug that led nowhere', slug, async (writer, one) =>
    reviseDevelopment(writer, await kindOf(writer, one), one, { newSlug: 'nobody-has-this-slug' } as never),
  ),
  change('publish', slug, (writer, one) => publishDevelopment(writer, one)),
  change('retract', fc.tuple(slug, fc.option(slug)), (writer, [one, successor]) =>
    retractDevelopment(writer, one, { reason: 'Not so', successor }),
  ),
  change('link', fc.tuple(slug, slug, relations()), (writer, [one, to, relation]) =>
    linkDevelopments(writer, one, { to, relation }),
  ),
  change('unlink', fc.tuple(slug, fc.nat()), async (writer, [one, index]) => {
    const { links } = await contentOf(writer, one);
    const link = links[index % Math.max(1, links.length)];
    if (!link) return;
    const to = await writer.db.development.findUniqueOrThrow({ where: { id: link.toId } });
    await unlinkDevelopments(writer, one, { to: to.slug, relation: link.relation });
  }),
  change('cite', fc.tuple(slug, source, dates), (writer, [one, cited, value]) =>
    addCitation(writer, one, { source: cited, claims: [{ field: 'OCCURRED', value }] }),
  ),
  change('claim', fc.tuple(slug, dates), async (writer, [one, value]) => {
    const [citation] = (await contentOf(writer, one)).citations;
    if (citation) await assertClaim(writer, one, { field: 'OCCURRED', value, citation: citation.id });
  }),
  change(
    'upsert an actor',
    fc.tuple(fc.constantFrom(...WORLD.actors, 'newcomer'), texts, fc.option(countries)),
    (writer, [actor, name, countryCode]) =>
      upsertActor(writer, { slug: actor, kind: 'ORGANISATION', name, countryCode, names: [{ name }] }),
  ),
  change('upsert a source', fc.tuple(source, texts), (writer, [one, title]) =>
    upsertSource(writer, { slug: one, title }),
  ),
  change('upsert a topic', fc.tuple(fc.constantFrom(...WORLD.topics, 'new'), texts), (writer, [one, name]) =>
    upsertTopic(writer, { slug: one, name }),
  ),
  change(
    'upsert a treaty',
    fc.tuple(fc.constantFrom(...WORLD.treaties), fc.shuffledSubarray([...WORLD.actors])),
    (writer, [one, parties]) =>
      upsertTreaty(writer, { slug: one, name: one, parties, states: [{ state: 'SIGNED', since: '1987' }] }),
  ),
  change(
    'upsert a weapon system',
    fc.tuple(fc.constantFrom(...WORLD.weaponSystems), texts, source),
    (writer, [one, name, from]) =>
      upsertWeaponSystem(writer, { slug: one, name: one, aliases: [{ name, source: from }] }),
  ),
  change('upsert a doctrine', fc.tuple(fc.constantFrom(...WORLD.doctrines), texts), (writer, [one, name]) =>
    upsertDoctrine(writer, { slug: one, name }),
  ),
);

function change<T>(
  what: string,
  values: fc.Arbitrary<T>,
  work: (writer: Writer, value: T) => Promise<unknown>,
) {
  return values.map((value) => ({
    what: `${what} ${JSON.stringify(value).slice(0, 200)}`,
    change: (writer: Writer) => work(writer, value),
  }));
}

function relations() {
  return fc.constantFrom(...Object.values(LinkRelation));
}

async function contentOf({ db }: Writer, one: string): Promise<DevelopmentContent> {
  const { developmentId } = await db.developmentSlug.findUniqueOrThrow({ where: { slug: one } });
  const [last] = await db.revision.findMany({
    where: { developmentId },
    orderBy: { number: 'desc' },
    take: 1,
  });
  return last?.snapshot as unknown as DevelopmentContent;
}

const kindOf = async (writer: Writer, one: string) => (await contentOf(writer, one)).detail.kind;

async function fill(writer: Writer): Promise<void> {
  for (const one of WORLD.sources) await upsertSource(writer, { slug: one, title: one });
  for (const one of WORLD.actors) await upsertActor(writer, { slug: one, kind: 'ORGANISATION', name: one });
  for (const one of WORLD.topics) await upsertTopic(writer, { slug: one, name: one });
  for (const one of WORLD.treaties) await upsertTreaty(writer, { slug: one, name: one });
  for (const one of WORLD.weaponSystems) await upsertWeaponSystem(writer, { slug: one, name: one });
  for (const one of WORLD.doctrines) await upsertDoctrine(writer, { slug: one, name: one });
  const generated = fc.sample(developments, { seed: SEED, numRuns: DEVELOPMENTS });
  for (const [index, { kind, input }] of generated.entries()) {
    await recordDevelopment(writer, kind, { ...input, slug: slugs[index] }, { publish: index % 4 !== 3 });
    const to = slugs[index - 1];
    if (to) await linkDevelopments(writer, slugs[index] ?? '', { to, relation: 'RESPONDS_TO' });
  }
}

/** What depends on as little as can be, so that its answers are kept where they may be. */
function directed(): Question[] {
  const SHOWN = 'slug headline occurred { text } status disputed revision';
  const ofEach = slugs.flatMap((one) => [
    `{ development(slug: "${one}") { ${SHOWN} retraction { reason successor { slug headline } } } }`,
    `{ development(slug: "${one}") { links(direction: IN) { relation from { ${SHOWN} } } } }`,
    `{ development(slug: "${one}") { links(direction: OUT) { relation to { ${SHOWN} } } } }`,
    `{ development(slug: "${one}") { revisions { number changes { field before after } } } }`,
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
    ...['{ development(slug: "nobody-has-this-slug") { slug } }', '{ development(slug: "new-3") { slug } }'],
  ];
  return [...ofEach, ...lists, ...sources, ...others].map((query) => ({ query }));
}

/** What the record's readers may ask at random: of all that the schema has. */
async function random(record: RecordWithCache): Promise<Question[]> {
  const pool = await readPool({
    data: async (query: string) => (await record.answer({ query })).data as never,
  });
  // As clients have it: its scalars take what stands in documents.
  const queries = randomQueries(buildSchema(printSchema(schema)), { ...pool, developments: slugs });
  return fc.sample(queries, { seed: SEED, numRuns: RANDOM_QUESTIONS });
}

describeWithDatabase('kept answers', () => {
  let record: RecordWithCache;
  let questions: Question[];

  beforeAll(async () => {
    record = await openRecordWithCache();
    await fill(record.writer);
    questions = [...directed(), ...(await random(record))];
  });

  afterAll(() => record?.[Symbol.asyncDispose]());

  test('are those that would be given anew, whatever changes, before they were made or meanwhile', {
    timeout: 600_000,
  }, async () => {
    const counts = { kept: 0, dropped: 0, changed: 0, refused: 0 };
    const answers = new Map<Question, string>();
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: CHANGES_AT_ONCE }), async (some) => {
        const what = some.map((one) => one.what).join('; ');
        const missing = questions.filter((question) => record.find(question) === undefined);
        // Some are asked while the changes are made, the others before.
        const meanwhile = missing.filter((_, index) => index % 4 === 0);
        for (const question of missing.filter((_, index) => index % 4 !== 0)) {
          answers.set(question, await record.ask(question));
        }
        const asking = Promise.all(
          meanwhile.map(async (question) => answers.set(question, await record.ask(question))),
        );
        for (const { change: apply } of some) {
          await apply(record.writer).catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
            counts.refused += 1;
          });
        }
        await asking;
        await record.tail.refresh();
        for (const question of questions) {
          const anew = JSON.stringify(await record.answer(question));
          const kept = record.find(question);
          if (kept === undefined) counts.dropped += 1;
          else expect(kept, `${question.query}\nafter: ${what}`).toBe(anew);
          if (kept !== undefined) counts.kept += 1;
          if (anew !== answers.get(question)) counts.changed += 1;
        }
      }),
      { seed: SEED, numRuns: ROUNDS, endOnFailure: true },
    );
    console.info('seed', SEED, counts);
    // They prove little if little changes, or if nothing is kept.
    expect(counts.changed).toBeGreaterThan(ROUNDS);
    expect(counts.kept).toBeGreaterThan(counts.dropped);
  });
});
