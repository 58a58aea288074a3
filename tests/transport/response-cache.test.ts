import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transaction } from '../../src/database/open.js';
import { addCitation } from '../../src/domain/development/citations.js';
import { recordInputs } from '../../src/domain/development/input.js';
import { linkDevelopments } from '../../src/domain/development/links.js';
import { recordDevelopment, recordMany } from '../../src/domain/development/record.js';
import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../src/domain/development/revise.js';
import { parseInput } from '../../src/domain/input.js';
import { REFERENCE_MODELS } from '../../src/domain/reads.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import { upsertSource } from '../../src/domain/references/source.js';
import { upsertTopic } from '../../src/domain/references/topic.js';
import { type Writer, write } from '../../src/domain/write.js';
import { startNewEpoch } from '../../src/feed/epoch.js';
import { getDatamodel } from '../../src/generated/pothos.js';
import { CITED } from '../support/cited.js';
import { openRecordWithCache, type Question, type RecordWithCache } from '../support/recorded.js';

let record: RecordWithCache;

// One record for all tests: none changes what another one shows in the way in which that one changes it.
beforeAll(async () => {
  record = await openRecordWithCache();
  const { writer, tail } = record;
  for (const slug of ['speaker', 'minister']) {
    await upsertActor(writer, { slug, kind: 'PERSON', name: slug, countryCode: 'RU' });
  }
  await upsertTopic(writer, { slug: 'topic', name: 'Topic' });
  await upsertSource(writer, { slug: 'other', title: 'Other' });
  for (const slug of ['one', 'leaves', 'not-picked']) {
    await statement(writer, slug, { topics: ['topic'], occurred: '2019' });
  }
  await statement(writer, 'two', {
    participants: ['speaker', 'minister'].map((actor) => ({ actor, role: 'SPEAKER' })),
  });
  for (const slug of ['enters', 'withdrawn', 'renamed', 'elsewhere', 'cited', 'dated'])
    await statement(writer, slug);
  for (const slug of ['draft', 'other-draft']) await statement(writer, slug, {}, false);
  await linkDevelopments(writer, 'two', { to: 'one', relation: 'RESPONDS_TO' });
  await linkDevelopments(writer, 'two', { to: 'renamed', relation: 'RESPONDS_TO' });
  await recordDevelopment(
    writer,
    'EVENT',
    { ...CITED, slug: 'event', headline: 'event', occurred: '2020', type: 'TEST' },
    { publish: true },
  );
  await tail.refresh();
});

afterAll(() => record[Symbol.asyncDispose]());

function statement(writer: Writer, slug: string, input: object = {}, publish = true) {
  return recordDevelopment(
    writer,
    'STATEMENT',
    { ...CITED, slug, headline: slug, occurred: '2020', ...input },
    { publish },
  );
}

const revise = (slug: string, input: object) => (writer: Writer) =>
  reviseDevelopment(writer, 'STATEMENT', slug, input);

let changes = 0;
/** Gives it a headline that it never had. */
const rewrite = (slug: string) => (writer: Writer) => {
  changes += 1;
  return revise(slug, { headline: `Change ${changes}` })(writer);
};
const recordOne = (writer: Writer) => {
  changes += 1;
  return statement(writer, `three-${changes}`);
};
const renameActor = (writer: Writer) => {
  changes += 1;
  return upsertActor(writer, { slug: 'speaker', kind: 'PERSON', name: `Name ${changes}` });
};

/** Statements by an import, in one transaction with what else it does. */
function importStatements(
  slugs: readonly string[],
  first: (tx: Transaction) => Promise<unknown> = async () => {},
) {
  return write(record.writer, { operation: 'import', input: null, timeout: 60_000 }, async (tx) => {
    await first(tx);
    const items = slugs.map((slug) => ({
      kind: 'STATEMENT' as const,
      fields: parseInput(recordInputs.STATEMENT, { slug, headline: slug, occurred: '2020', ...CITED }),
    }));
    const { feed, result } = await recordMany(tx, items, true, { editor: 'import', reason: null });
    return { feed, result: result.length };
  });
}

const one = { query: '{ development(slug: "one") { headline } }' };
const everything = { query: '{ developments { nodes { slug } } }' };

describe('a kept answer', () => {
  test.for<[string, Question, (writer: Writer) => Promise<unknown>]>([
    ['a development, by slug', one, rewrite('one')],
    [
      'a development, by an old slug',
      { query: '{ development(slug: "elsewhere") { slug } }' },
      revise('elsewhere', { newSlug: 'elsewhere-now' }),
    ],
    [
      'a slug that led nowhere',
      { query: '{ development(slug: "nobody") { slug } }' },
      (writer) => statement(writer, 'nobody'),
    ],
    [
      'the slug of a draft',
      { query: '{ development(slug: "draft") { slug } }' },
      (writer) => publishDevelopment(writer, 'draft'),
    ],
    ['a list that it joins', everything, recordOne],
    [
      'a list that it leaves',
      { query: '{ statements(filter: { topic: ["topic"] }) { totalCount } }' },
      revise('leaves', { topics: [] }),
    ],
    [
      'a list that it comes into',
      { query: '{ statements(filter: { topic: ["topic"] }) { totalCount } }' },
      revise('enters', { topics: ['topic'] }),
    ],
    [
      'a list of what a filter does not pick',
      { query: '{ developments(filter: { not: { topic: ["topic"] } }) { totalCount } }' },
      revise('not-picked', { topics: [] }),
    ],
    [
      'a list of what was withdrawn',
      { query: '{ developments(filter: { status: [RETRACTED] }) { totalCount } }' },
      (writer) => retractDevelopment(writer, 'withdrawn', { reason: 'Not so' }),
    ],
    ['a list by text', { query: '{ developments(filter: { text: "three" }) { totalCount } }' }, recordOne],
    [
      'a timeline',
      { query: '{ timeline(interval: YEAR) { count } }' },
      revise('dated', { occurred: '2018' }),
    ],
    [
      'links that come in',
      { query: '{ development(slug: "event") { links(direction: IN) { from { slug } } } }' },
      (writer) => linkDevelopments(writer, 'one', { to: 'event', relation: 'RESPONDS_TO' }),
    ],
    [
      'what a link leads to',
      { query: '{ development(slug: "two") { links { to { headline } } } }' },
      rewrite('one'),
    ],
    [
      'a chain that grows',
      { query: '{ chain(slug: "two") { nodes { slug } } }' },
      (writer) => linkDevelopments(writer, 'elsewhere', { to: 'one', relation: 'IMPLEMENTS' }),
    ],
    [
      'what a source is cited by',
      { query: '{ source(slug: "other") { developments { totalCount } } }' },
      (writer) => addCitation(writer, 'cited', { source: 'other' }),
    ],
    [
      'how a source agrees',
      { query: '{ source(slug: "other") { agreement { normal } } }' },
      (writer) =>
        addCitation(writer, 'cited', { source: 'other', claims: [{ field: 'OCCURRED', value: '2018' }] }),
    ],
    [
      'a revision that names one which is renamed',
      { query: '{ development(slug: "two") { revisions { changes { after } } } }' },
      revise('renamed', { newSlug: 'renamed-now' }),
    ],
    ['the head of the feed', { query: '{ feedHead }' }, rewrite('one')],
    [
      'a moment that has not passed',
      { query: '{ developments(asOf: { moment: "2999-01-01T00:00:00Z" }) { totalCount } }' },
      recordOne,
    ],
    [
      'what changed up to now',
      { query: '{ changesBetween(from: { moment: "2000-01-01T00:00:00Z" }) { totalCount } }' },
      recordOne,
    ],
    ['an actor', { query: '{ actor(slug: "speaker") { name } }' }, renameActor],
    [
      'an actor who has a part in it',
      { query: '{ statements { nodes { speakers { actor { name } } } } }' },
      renameActor,
    ],
    [
      'the countries of actors',
      { query: '{ developments(filter: { country: ["US"] }) { totalCount } }' },
      (writer) => upsertActor(writer, { slug: 'speaker', kind: 'PERSON', name: 'S', countryCode: 'US' }),
    ],
    [
      'the countries of actors, in the past',
      {
        query:
          '{ developments(filter: { country: ["BY"] }, asOf: { revision: { slug: "two", number: 1 } }) { totalCount } }',
      },
      (writer) => upsertActor(writer, { slug: 'minister', kind: 'PERSON', name: 'M', countryCode: 'BY' }),
    ],
    [
      'how many topics there are',
      { query: '{ topics { totalCount } }' },
      (writer) => upsertTopic(writer, { slug: 'new', name: 'New' }),
    ],
  ])('that shows %s is dropped when that changes', async ([, question, change]) => {
    const before = await record.ask(question);
    expect(record.find(question)).toBe(before);
    await change(record.writer);
    expect(record.find(question)).toBeUndefined(); // Before anything was looked at.
    await record.tail.refresh();
    expect(record.find(question)).toBeUndefined();
    expect(await record.ask(question)).not.toBe(before);
  });

  const reviseTwo = rewrite('two');
  test.for<[string, Question, (writer: Writer) => Promise<unknown>]>([
    ['another development', one, reviseTwo],
    ['a list of another kind', { query: '{ events { nodes { headline } totalCount } }' }, reviseTwo],
    [
      'a list whose filter does not pick it',
      { query: '{ statements(filter: { topic: ["topic"], occurred: { within: "2019" } }) { totalCount } }' },
      reviseTwo,
    ],
    [
      'a list of those that cite another source',
      { query: '{ source(slug: "other") { developments { totalCount } agreement { normal } } }' },
      reviseTwo,
    ],
    [
      'a development that links elsewhere',
      { query: '{ development(slug: "event") { links { to { slug } } } }' },
      rewrite('other-draft'),
    ],
    ['a draft', everything, rewrite('other-draft')],
    ['a new development elsewhere', { query: '{ development(slug: "nobody") { slug } }' }, reviseTwo],
    [
      'the present, not the past',
      { query: '{ developments(asOf: { revision: { slug: "event", number: 1 } }) { nodes { headline } } }' },
      reviseTwo,
    ],
    [
      'what came after a moment',
      { query: '{ developments(asOf: { moment: "2001-01-01T00:00:00Z" }) { totalCount } }' },
      reviseTwo,
    ],
    ['an actor whom it does not show', everything, renameActor],
    ['a development, and not a list of topics', { query: '{ topics { nodes { name } } }' }, reviseTwo],
  ])('outlives a change to %s', async ([, question, change]) => {
    const kept = await record.ask(question);
    await change(record.writer);
    await record.tail.refresh();
    expect(record.find(question)).toBe(kept);
    expect(await record.ask(question)).toBe(kept);
  });

  test('is dropped before anybody else is told of the change', async () => {
    await record.ask(one);
    const { dropped } = record.cache.figures;
    const found: number[] = [];
    const stop = record.tail.onAdvance(() => found.push(record.cache.figures.dropped));
    await rewrite('one')(record.writer);
    await record.tail.refresh();
    stop();
    expect(found).toHaveLength(1);
    expect(found[0]).toBeGreaterThan(dropped);
    expect(record.find(one)).toBeUndefined();
  });

  test('that shows an actor is dropped before anybody is told of a change that came with the actor’s', async () => {
    const actor = { query: '{ actor(slug: "speaker") { name } }' };
    await record.ask(actor);
    let told = 0;
    const stop = record.tail.onAdvance(() => {
      told = record.cache.figures.dropped;
    });
    const { dropped } = record.cache.figures;
    await importStatements(['with-an-actor'], (tx) =>
      upsertActor.within(tx, { slug: 'speaker', kind: 'PERSON', name: 'New' }),
    );
    await record.tail.refresh();
    stop();
    expect(told).toBeGreaterThan(dropped);
    expect(record.find(actor)).toBeUndefined();
  });

  test('that shows an actor is dropped when something else than this server writes to the tables', async () => {
    const actor = { query: '{ actor(slug: "speaker") { name } }' };
    await record.ask(actor);
    await record.pool.query("UPDATE actor SET name = 'New'");
    await record.tail.refresh();
    expect(record.find(actor)).toBeUndefined();
  });

  test('is dropped with all others when the epoch changes', async () => {
    await record.ask({ query: '{ events { totalCount } }' });
    await startNewEpoch(record.db);
    await rewrite('one')(record.writer);
    await record.tail.refresh();
    expect(record.cache.figures.entries).toBe(0);
  });
});

describe('an answer', () => {
  /** Answers a question while something happens, and says whether the answer was kept. */
  async function askDuring(question: Question, happens: () => Promise<unknown>): Promise<boolean> {
    const recording = record.cache.begin({ role: 'READER', name: null });
    if (!recording) throw new Error('Expected a recording.');
    const result = await record.answer(question, recording);
    await happens();
    await record.tail.refresh();
    return record.cache.keep('key', recording, JSON.stringify(result), 100);
  }

  test('is not kept where what it shows changed meanwhile', async () => {
    expect(await askDuring(one, () => rewrite('one')(record.writer))).toBe(false);
    const actors = { query: '{ actors { nodes { name } } }' };
    const upsert = () => upsertActor(record.writer, { slug: 'new', kind: 'PERSON', name: 'New' });
    expect(await askDuring(actors, upsert)).toBe(false);
  });

  test('is kept where something else changed meanwhile', async () => {
    expect(await askDuring(one, () => rewrite('two')(record.writer))).toBe(true);
  });

  test('is not kept where nobody watched what it was made from', () => {
    const recording = record.cache.begin({ role: 'READER', name: null });
    expect(recording && record.cache.keep('key', recording, 'answer', 6)).toBe(false);
  });

  test('is not kept for those who see drafts', () => {
    expect(record.cache.begin({ role: 'EDITOR', name: 'editor' })).toBeUndefined();
    expect(record.cache.begin({ role: 'READER', name: 'reader' })).toBeDefined();
  });

  test('that was read without a word of what depends on every change', async () => {
    const keepWhatReads = (work: (db: RecordWithCache['db']) => Promise<unknown>) => async () => {
      const recording = record.cache.begin({ role: 'READER', name: null });
      if (!recording) throw new Error('Expected a recording.');
      await work(recording.watch(record.db));
      expect(record.cache.keep('key', recording, 'answer', 6)).toBe(true);
    };
    const keep = keepWhatReads((db) => db.$queryRaw`SELECT 1`);
    await keep();
    await rewrite('one')(record.writer);
    await record.tail.refresh();
    expect(record.cache.find('key')).toBeUndefined();
    await keep();
    await upsertTopic(record.writer, { slug: 'not-shown', name: 'Not shown' });
    await record.tail.refresh();
    expect(record.cache.find('key')).toBeUndefined();
    await keepWhatReads((db) => db.development.count())();
    await rewrite('one')(record.writer);
    await record.tail.refresh();
    expect(record.cache.find('key')).toBeUndefined();
  });
});

describe('the cache', () => {
  test('holds no more than it may, and drops what was asked for longest ago', async () => {
    await using small = await openRecordWithCache({ maxBytes: 40_000 });
    const questions = Array.from({ length: 50 }, (_, index) => ({
      query: `{ topics { totalCount } feedHead t${index}: feedHead }`,
    }));
    for (const question of questions) {
      await small.ask(question);
      expect(small.cache.figures.bytes).toBeLessThanOrEqual(40_000);
    }
    const { entries, dropped } = small.cache.figures;
    expect(entries).toBeGreaterThan(10);
    expect(entries).toBeLessThan(50);
    expect(dropped).toBe(0); // Of what changed nothing.
    expect(small.find(questions[49] as Question)).toBeDefined();
    expect(small.find(questions[0] as Question)).toBeUndefined();
    const recording = small.cache.begin({ role: 'READER', name: null });
    if (!recording) throw new Error('Expected a recording.');
    recording.watch(small.db);
    expect(small.cache.keep('large', recording, '', 6_000)).toBe(false);
  });

  test('drops all lists for an import, and what the import does not touch only where it does not know', async () => {
    const yearly = (year: number) =>
      `{ developments(filter: { occurred: { within: "${year}" } }) { totalCount } }`;
    await record.ask(one);
    for (let year = 1800; year < 2010; year += 1) {
      await record.ask({ query: yearly(year) });
    }
    const recording = record.cache.begin({ role: 'READER', name: null });
    if (!recording) throw new Error('Expected a recording.');
    await record.answer({ query: '{ development(slug: "two") { slug } }' }, recording);
    await importStatements(Array.from({ length: 1_200 }, (_, index) => `imported-${index}`));
    await record.tail.refresh();
    expect(record.find(one)).toBeDefined();
    expect(record.find({ query: yearly(1850) })).toBeUndefined();
    expect(record.cache.keep('key', recording, 'answer', 6)).toBe(false);
  });

  test('counts what it found and what it did not', async () => {
    const question = { query: '{ counted: feedHead }' };
    const before = record.cache.figures;
    record.find(question);
    await record.ask(question);
    record.find(question);
    const { entries, hits, misses, dropped } = record.cache.figures;
    expect([
      entries - before.entries,
      hits - before.hits,
      misses - before.misses,
      dropped - before.dropped,
    ]).toEqual([1, 1, 1, 0]);
  });
});

const inClient = (model: string) => model.charAt(0).toLowerCase() + model.slice(1);

test('what developments refer to relates to nothing else', () => {
  const models = Object.entries(getDatamodel().datamodel.models);
  const known = models.filter(([name]) => REFERENCE_MODELS.has(inClient(name)));
  expect(known).toHaveLength(REFERENCE_MODELS.size);
  for (const [, { fields }] of known) {
    const related = fields.filter(({ kind }) => kind === 'object').map(({ type }) => inClient(type));
    for (const name of related) expect(REFERENCE_MODELS).toContain(name);
  }
});

test('changes to all tables of what developments refer to are counted', async () => {
  const { rows } = await record.pool.query(
    "SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'reference_changed'",
  );
  const tables = [...REFERENCE_MODELS].map((name) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(tables.sort());
});
