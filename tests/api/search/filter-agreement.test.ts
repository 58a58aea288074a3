import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../../src/database/open.js';
import { positionAsOf } from '../../../src/domain/as-of.js';
import type { DevelopmentContent } from '../../../src/domain/development/content/content.js';
import { ParticipantRole } from '../../../src/domain/development/content/vocabulary.js';
import { type At, rowsAt } from '../../../src/domain/development/read/view.js';
import { linkDevelopments } from '../../../src/domain/development/write/links.js';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../../src/domain/development/write/revise.js';
import { mentioning } from '../../../src/domain/filter/mention.js';
import { prepareFeedFilter, prepareFilter } from '../../../src/domain/filter/prepare.js';
import type { DevelopmentFacts, DevelopmentFilter } from '../../../src/domain/filter/types.js';
import { upsertActor } from '../../../src/domain/references/actor.js';
import { upsertDoctrine } from '../../../src/domain/references/doctrine.js';
import { upsertSource } from '../../../src/domain/references/source.js';
import { upsertTopic } from '../../../src/domain/references/topic.js';
import { upsertTreaty } from '../../../src/domain/references/treaty.js';
import { upsertWeaponSystem } from '../../../src/domain/references/weapon-system.js';
import { matchTexts } from '../../../src/domain/search/query.js';
import type { Writer } from '../../../src/domain/write.js';
import { encodeCursor } from '../../../src/feed/cursor.js';
import { readHead } from '../../../src/feed/head.js';
import { Prisma } from '../../../src/generated/prisma/client.js';
import {
  ChangeType,
  Confidence,
  DevelopmentKind,
  DevelopmentStatus,
  EventType,
} from '../../../src/generated/prisma/enums.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { importOne } from '../../support/import-one.js';
import { countries, dates, developments, searches, WORLD } from '../../support/random/random-record.js';
import { runs } from '../../support/random/runs.js';

const SEED = 20250804;
const RECORDED = 56;
const FILTERS = runs(150);

/** What the feed tests a filter against, for one development. */
interface Recorded extends Omit<DevelopmentFacts, 'texts'> {
  readonly id: string;
  readonly revision: number;
}

/** Fills the record with generated developments: drafts, published, revised, linked and retracted ones. */
async function fill(writer: Writer): Promise<void> {
  for (const slug of WORLD.sources) await upsertSource(writer, { slug, title: slug });
  for (const [index, slug] of WORLD.actors.entries()) {
    const countryCode = ['RU', 'US', null, 'RU', null][index] ?? null;
    await upsertActor(writer, { slug, kind: 'ORGANISATION', name: slug, countryCode });
  }
  for (const slug of WORLD.topics) await upsertTopic(writer, { slug, name: slug });
  for (const slug of WORLD.treaties) await upsertTreaty(writer, { slug, name: slug });
  for (const slug of WORLD.weaponSystems) await upsertWeaponSystem(writer, { slug, name: slug });
  for (const slug of WORLD.doctrines) await upsertDoctrine(writer, { slug, name: slug });

  const generated = fc.sample(developments, { seed: SEED, numRuns: RECORDED });
  for (const [index, { kind, input }] of generated.entries()) {
    const slug = `development-${index}`;
    const publish = index % 4 !== 0;
    if (index % 6 === 1) {
      const externalIds = ['one', 'other'].map((dataset) => ({ dataset, value: `EVENT ${index}` }));
      await importOne(writer, { kind, input: { ...input, slug }, externalIds }, publish);
    } else await recordDevelopment(writer, kind, { ...input, slug }, { publish });
    if (index % 8 === 0) await publishDevelopment(writer, slug);
    if (index % 7 === 5) await linkDevelopments(writer, slug, { to: 'development-0', relation: 'PART_OF' });
    const other = generated.find((one, at) => at > index && one.kind === kind);
    if (index % 3 === 0 && other) await reviseDevelopment(writer, kind, slug, other.input);
    if (index % 5 === 1 && index % 4 !== 0) await retractDevelopment(writer, slug, { reason: 'Not so' });
  }
}

async function countriesOf({ db }: OpenDatabase): Promise<Map<string, string>> {
  const actors = await db.actor.findMany({ where: { countryCode: { not: null } } });
  return new Map(actors.map(({ id, countryCode }) => [id, countryCode ?? '']));
}

/** All developments as they are now, drafts included. */
async function readNow(opened: OpenDatabase): Promise<Recorded[]> {
  const countries = await countriesOf(opened);
  const rows = await opened.db.development.findMany({
    orderBy: { recordedAt: 'asc' },
    include: { revisions: { orderBy: { number: 'desc' }, take: 1 } },
  });
  return rows.map(({ id, recordedAt, publishedAt, revisions: [last] }) => {
    if (!last) throw new Error(`${id} has no revision.`);
    const content = last.snapshot as unknown as DevelopmentContent;
    const times = { recordedAt, publishedAt, changedAt: last.recordedAt };
    return { id, revision: last.number, content, status: last.status, ...times, countries };
  });
}

/** The last revision of each development in the log up to a position. */
async function readTold(opened: OpenDatabase, position: bigint): Promise<Recorded[]> {
  const countries = await countriesOf(opened);
  const entries = await opened.db.feedEntry.findMany({
    where: { position: { lte: position }, developmentId: { not: null } },
    orderBy: { position: 'asc' },
    include: { development: { include: { revisions: true } } },
  });
  const told = new Map<string, Recorded>();
  for (const { development, revision } of entries) {
    if (!development) continue;
    const { id, recordedAt, publishedAt, revisions } = development;
    const state = revisions.find(({ number }) => number === revision);
    if (!state) throw new Error(`${id} has no revision ${revision}.`);
    const content = state.snapshot as unknown as DevelopmentContent;
    const times = { recordedAt, publishedAt, changedAt: state.recordedAt };
    told.set(id, { id, revision, content, status: state.status, ...times, countries });
  }
  return [...told.values()];
}

const fail = (error: Error): never => {
  throw error;
};

const oneOf = <T>(values: Record<string, T>) => fc.constantFrom(...Object.values(values));
const listOf = <T>(item: fc.Arbitrary<T>) => fc.uniqueArray(item, { maxLength: 3 });
const slugsOf = (slugs: readonly string[]) => listOf(fc.constantFrom(...slugs));

/** The conditions of a filter except `and`, `or` and `not`. */
function conditionsOn(instants: readonly Date[]) {
  const near = fc
    .tuple(fc.constantFrom(...instants), fc.constantFrom(-1, 0, 1))
    .map(([instant, step]) => new Date(instant.getTime() + step));
  return {
    kind: listOf(oneOf(DevelopmentKind)),
    eventType: listOf(oneOf(EventType)),
    changeType: listOf(oneOf(ChangeType)),
    participant: fc.record(
      {
        actor: fc.constantFrom(...WORLD.actors),
        role: fc.option(listOf(oneOf(ParticipantRole)), { nil: null }),
      },
      { requiredKeys: ['actor'] },
    ),
    country: listOf(countries),
    topic: slugsOf(WORLD.topics),
    treaty: slugsOf(WORLD.treaties),
    weaponSystem: slugsOf(WORLD.weaponSystems),
    doctrine: slugsOf(WORLD.doctrines),
    source: slugsOf(WORLD.sources),
    restsOnlyOn: slugsOf(WORLD.sources),
    occurred: fc.record(
      { within: dates, certainty: fc.constantFrom('CERTAIN' as const, 'POSSIBLE' as const, null) },
      { requiredKeys: ['within'] },
    ),
    recordedSince: near,
    publishedSince: near,
    publishedBefore: near,
    changedSince: near,
    changedBefore: near,
    externalId: fc.record({
      dataset: fc.constantFrom('one', 'other'),
      id: fc.nat(RECORDED).map((index) => `EVENT ${index}`),
    }),
    minConfidence: oneOf(Confidence),
    disputed: fc.boolean(),
    status: listOf(oneOf(DevelopmentStatus)),
    text: searches,
  };
}

const instantsOf = (recorded: readonly Recorded[]) =>
  recorded.flatMap(({ recordedAt, publishedAt, changedAt }) =>
    [recordedAt, publishedAt ?? [], changedAt].flat(),
  );

/** Filters with one, several or no fields, including empty lists, nulls and nested filters. */
function filtersOn(instants: readonly Date[]): fc.Arbitrary<DevelopmentFilter> {
  const conditions = conditionsOn(instants);
  const { filter } = fc.letrec<{ filter: DevelopmentFilter; condition: DevelopmentFilter }>((tie) => {
    const parts = fc.array(tie('filter'), { maxLength: 3, depthIdentifier: 'filter' });
    const fields: Record<string, fc.Arbitrary<unknown>> = {
      ...conditions,
      and: parts,
      or: parts,
      not: tie('filter'),
    };
    const some = (names: readonly string[]) => (max: number) =>
      fc
        .shuffledSubarray([...names], { maxLength: max })
        .chain((chosen) =>
          fc.record(
            Object.fromEntries(
              chosen.map((name) => [
                name,
                fc.option(fields[name] ?? fc.constant(null), { nil: null, freq: 12 }),
              ]),
            ),
          ),
        );
    const flat = some(Object.keys(conditions));
    return {
      condition: flat(2),
      filter: fc.oneof(
        { depthIdentifier: 'filter', maxDepth: 4 },
        { weight: 3, arbitrary: tie('condition') },
        { weight: 2, arbitrary: some(['and', 'or', 'not'])(2) },
        { weight: 2, arbitrary: tie('filter').map((not) => ({ not })) },
        { weight: 1, arbitrary: some(Object.keys(fields))(4) },
      ),
    };
  });
  return filter;
}

describeWithDatabase('a filter on rows, on revisions and on rows as of a position', () => {
  let database: TestDatabase;
  let opened: OpenDatabase;
  let recorded: Recorded[];
  let head: bigint;
  let walked = 0;

  beforeAll(async () => {
    database = await createDatabase();
    opened = await openDatabase(database.location);
    await fill({ db: opened.db, editor: 'generated', wake: () => {} });
    recorded = await readNow(opened);
    const cursor = encodeCursor(await readHead(opened.db));
    head = (await positionAsOf(opened.db, { cursor })) ?? 0n;
  });

  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  /** Selects among the present rows, or among the rows as of a position. */
  async function pickRows(filter: DevelopmentFilter, at: At, among: readonly Recorded[]) {
    const { where, branches, mention } = await prepareFilter(opened.db, filter, fail);
    const selectFrom = (from: Prisma.Sql) => (condition: Prisma.Sql) =>
      Prisma.sql`SELECT it.id::text AS id FROM ${from} AS it WHERE ${condition}`;
    const select = selectFrom(rowsAt(at));
    const rows = await opened.db.$queryRaw<{ id: string }[]>(select(where));
    const picked = new Set(rows.map(({ id }) => id));
    expect(picked.size).toBe(rows.length);
    for (const order of ['occurredEarliest', 'occurredLatest', 'publishedAt', 'changedAt'] as const) {
      // Each row is in exactly one branch.
      const together = Prisma.join(branches(order).map(select), ' UNION ALL ');
      const found = await opened.db.$queryRaw<{ id: string }[]>(together);
      expect(found.map(({ id }) => id).sort(), order).toEqual([...picked].sort());
    }
    if (mention?.subject && at === undefined) {
      // A walk over the mentions of its subject selects the same rows.
      walked += 1;
      const walk = selectFrom(mentioning(mention.subject));
      for (const conditions of [[mention.where], mention.branches]) {
        const together = Prisma.join(conditions.map(walk), ' UNION ALL ');
        const found = await opened.db.$queryRaw<{ id: string }[]>(together);
        expect(found.map(({ id }) => id).sort(), 'by mentions').toEqual([...picked].sort());
      }
    }
    return among.filter(({ id }) => picked.has(id));
  }

  async function pickRevisions(filter: DevelopmentFilter, among: readonly Recorded[]) {
    const { matches, texts } = await prepareFeedFilter(opened.db, filter);
    const revisions = among.map(({ id, revision }) => ({ developmentId: id, revision }));
    const found = await matchTexts(opened.db, texts, revisions);
    return among.filter((facts, index) => matches({ ...facts, texts: found[index] ?? new Set() }));
  }

  const isPublic = ({ status }: Recorded) => status !== 'DRAFT';

  /** Slugs and headlines, for a readable difference. */
  const show = (picked: readonly Recorded[]) =>
    picked.map(({ content }) => `${content.slug}: ${content.headline}`);

  /** Selects among present rows, and expects revisions and public rows as of the newest position to agree. */
  async function pickAgreed(filter: DevelopmentFilter, about = ''): Promise<readonly Recorded[]> {
    const picked = await pickRows(filter, undefined, recorded);
    const shown = recorded.filter(isPublic);
    // Words are searched only in revisions that readers could see: drafts are not in the feed.
    const { texts } = await prepareFeedFilter(opened.db, filter);
    const ofFeed = texts.length > 0 ? [shown, picked.filter(isPublic)] : [recorded, picked];
    expect(show(await pickRevisions(filter, ofFeed[0] ?? [])), about).toEqual(show(ofFeed[1] ?? []));
    expect(show(await pickRows(filter, head, recorded)), about).toEqual(show(picked.filter(isPublic)));
    return picked;
  }

  test('selects the same developments, whatever its conditions', async () => {
    let telling = 0;
    const filters = filtersOn(instantsOf(recorded));
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const picked = await pickAgreed(filter);
        if (picked.length > 0 && picked.length < recorded.length) telling += 1;
      }),
      { seed: SEED, numRuns: FILTERS },
    );
    expect(telling).toBeGreaterThan(FILTERS / 4);
  });

  test('selects the same developments at any position, whatever its conditions', async () => {
    let telling = 0;
    const filters = filtersOn(instantsOf(recorded));
    const positions = fc.bigInt({ min: head / 4n, max: head });
    await fc.assert(
      fc.asyncProperty(filters, positions, async (filter, position) => {
        const told = await readTold(opened, position);
        const picked = await pickRows(filter, position, told);
        expect(show(await pickRevisions(filter, told))).toEqual(show(picked));
        if (picked.length > 0 && picked.length < told.length) telling += 1;
      }),
      { seed: SEED, numRuns: FILTERS },
    );
    expect(telling).toBeGreaterThan(FILTERS / 5);
  });

  test('selects the same developments by each condition alone, and by its negation', {
    timeout: 300_000,
  }, async () => {
    const conditions = conditionsOn(instantsOf(recorded));
    for (const [field, values] of Object.entries(conditions)) {
      for (const value of fc.sample<unknown>(values, { seed: SEED, numRuns: runs(15, 4) })) {
        const picked = await pickAgreed({ [field]: value }, field);
        const left = await pickAgreed({ not: { [field]: value } }, `not ${field}`);
        const setsNone = Array.isArray(value) && value.length === 0;
        expect(left.length + picked.length, field).toBe((setsNone ? 2 : 1) * recorded.length);
      }
    }
  });

  test('selects the same developments by mentions of one reference, with a kind, a status and dates', async () => {
    const conditions = conditionsOn([new Date(0)]);
    const beside = fc.record(
      { kind: conditions.kind, status: conditions.status, occurred: conditions.occurred },
      { requiredKeys: [] },
    );
    const of = (slugs: readonly string[]) => fc.constantFrom(...slugs).map((slug) => [slug]);
    const subject: fc.Arbitrary<DevelopmentFilter> = fc.oneof(
      fc.constantFrom(...WORLD.actors).map((actor) => ({ participant: { actor } })),
      countries.map((code) => ({ country: [code] })),
      of(WORLD.topics).map((topic) => ({ topic })),
      of(WORLD.treaties).map((treaty) => ({ treaty })),
      of(WORLD.weaponSystems).map((weaponSystem) => ({ weaponSystem })),
      of(WORLD.doctrines).map((doctrine) => ({ doctrine })),
      of(WORLD.sources).map((source) => ({ source })),
    );
    walked = 0;
    let found = 0;
    await fc.assert(
      fc.asyncProperty(subject, beside, async (one, other) => {
        found += (await pickAgreed({ ...one, ...other })).length;
      }),
      { seed: SEED, numRuns: FILTERS },
    );
    expect(walked).toBe(FILTERS);
    expect(found).toBeGreaterThan(inject('runs') === 'all' ? FILTERS : FILTERS / 4);
  });

  test('selects the same developments by words and phrases, and by their negation', async () => {
    let telling = 0;
    await fc.assert(
      fc.asyncProperty(searches, async (text) => {
        const picked = await pickAgreed({ text });
        const left = await pickAgreed({ not: { text } });
        expect(left.length + picked.length).toBe(recorded.length);
        if (picked.length > 0 && left.length > 0) telling += 1;
      }),
      { seed: SEED, numRuns: FILTERS },
    );
    expect(telling).toBeGreaterThan(FILTERS / 4);
  });
});
