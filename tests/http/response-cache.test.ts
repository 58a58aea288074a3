import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addCitation } from '../../src/domain/development/evidence/citations.js';
import { linkDevelopments } from '../../src/domain/development/write/links.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../src/domain/development/write/revise.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import { upsertSource } from '../../src/domain/references/source.js';
import { upsertTopic } from '../../src/domain/references/topic.js';
import type { Writer } from '../../src/domain/write.js';
import { startNewEpoch } from '../../src/feed/epoch.js';
import { CITED } from '../support/example-source.js';
import {
  ADMIT,
  openRecordWithCache,
  type Question,
  type RecordWithCache,
} from '../support/record-with-cache.js';

let record: RecordWithCache;

// All tests share one record. None makes the change that another test expects to make.
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
/** Gives the statement a new headline. */
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

const one = { query: '{ development(slug: "one") { headline } }' };
const everything = { query: '{ developments { nodes { slug } } }' };

describe('a cached answer', () => {
  test.for<[string, Question, (writer: Writer) => Promise<unknown>]>([
    ['a development, by slug', one, rewrite('one')],
    [
      'a development, by an old slug',
      { query: '{ development(slug: "elsewhere") { slug } }' },
      revise('elsewhere', { newSlug: 'elsewhere-now' }),
    ],
    [
      'an unknown slug',
      { query: '{ development(slug: "nobody") { slug } }' },
      (writer) => statement(writer, 'nobody'),
    ],
    [
      'the slug of a draft',
      { query: '{ development(slug: "draft") { slug } }' },
      (writer) => publishDevelopment(writer, 'draft'),
    ],
    ['a list that a new development joins', everything, recordOne],
    [
      'a list that a development leaves',
      { query: '{ statements(filter: { topic: ["topic"] }) { totalCount } }' },
      revise('leaves', { topics: [] }),
    ],
    [
      'a list that a development enters',
      { query: '{ statements(filter: { topic: ["topic"] }) { totalCount } }' },
      revise('enters', { topics: ['topic'] }),
    ],
    [
      'a list with a negated filter',
      { query: '{ developments(filter: { not: { topic: ["topic"] } }) { totalCount } }' },
      revise('not-picked', { topics: [] }),
    ],
    [
      'a list of withdrawn developments',
      { query: '{ developments(filter: { status: [RETRACTED] }) { totalCount } }' },
      (writer) => retractDevelopment(writer, 'withdrawn', { reason: 'Not so' }),
    ],
    ['a text search', { query: '{ developments(filter: { text: "three" }) { totalCount } }' }, recordOne],
    [
      'a timeline',
      { query: '{ timeline(interval: YEAR) { count } }' },
      revise('dated', { occurred: '2018' }),
    ],
    [
      'incoming links',
      { query: '{ development(slug: "event") { links(direction: IN) { from { slug } } } }' },
      (writer) => linkDevelopments(writer, 'one', { to: 'event', relation: 'RESPONDS_TO' }),
    ],
    [
      'the target of a link',
      { query: '{ development(slug: "two") { links { to { headline } } } }' },
      rewrite('one'),
    ],
    [
      'a chain that grows',
      { query: '{ chain(slug: "two") { nodes { slug } } }' },
      (writer) => linkDevelopments(writer, 'elsewhere', { to: 'one', relation: 'IMPLEMENTS' }),
    ],
    [
      'the developments that cite a source',
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
      'a revision that names a renamed development',
      { query: '{ development(slug: "two") { revisions { nodes { changes { after } } } } }' },
      revise('renamed', { newSlug: 'renamed-now' }),
    ],
    ['the head of the feed', { query: '{ feedHead }' }, rewrite('one')],
    [
      'a moment in the future',
      { query: '{ developments(asOf: { moment: "2999-01-01T00:00:00Z" }) { totalCount } }' },
      recordOne,
    ],
    [
      'the changes up to now',
      { query: '{ changesBetween(from: { moment: "2000-01-01T00:00:00Z" }) { totalCount } }' },
      recordOne,
    ],
    ['an actor', { query: '{ actor(slug: "speaker") { name } }' }, renameActor],
    [
      'an actor who speaks',
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
    expect(record.find(question)).toBeUndefined(); // Before the tail reads the log.
    await record.tail.refresh();
    expect(record.find(question)).toBeUndefined();
    expect(await record.ask(question)).not.toBe(before);
  });

  test('is dropped by a change to any other development', async () => {
    await record.ask(one);
    await rewrite('two')(record.writer);
    expect(record.find(one)).toBeUndefined();
  });

  test('outlives a change to a draft', async () => {
    const cached = await record.ask(everything);
    await rewrite('other-draft')(record.writer);
    await record.tail.refresh();
    expect(record.find(everything)).toBe(cached);
  });

  test('is dropped before subscribers are sent the change, with and without a wake-up', async () => {
    const entries: number[] = [];
    const stop = record.tail.onAdvance(() => entries.push(record.cache.figures.entries));
    await record.ask(one);
    await rewrite('one')(record.writer); // With a wake-up.
    await record.tail.refresh();
    await record.ask(one);
    await rewrite('one')({ ...record.writer, wake: () => {} });
    await record.tail.refresh();
    stop();
    expect(entries).toEqual([0, 0]);
  });

  test('is dropped when another program writes to the tables of reference data', async () => {
    const actor = { query: '{ actor(slug: "speaker") { name } }' };
    await record.ask(actor);
    await record.pool.query("UPDATE actor SET name = 'New'");
    await record.tail.refresh();
    expect(record.find(actor)).toBeUndefined();
  });

  test('stays when the tail reads an entry whose wake-up preceded it', async () => {
    await rewrite('one')(record.writer);
    const cached = await record.ask(one);
    await record.tail.refresh();
    expect(record.find(one)).toBe(cached);
  });

  test('is dropped by the first entry of a new epoch', async () => {
    await record.ask(one);
    await startNewEpoch(record.db);
    await rewrite('two')({ ...record.writer, wake: () => {} });
    await record.tail.refresh();
    expect(record.cache.figures.entries).toBe(0);
  });
});

/** A call of `make` that ends when the test decides. */
function createRun() {
  let resolve: (answer: { text: string } | undefined) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const end = new Promise<{ text: string } | undefined>((...functions) => {
    [resolve, reject] = functions;
  });
  return { make: vi.fn(() => end), resolve, reject };
}

describe('requests with the same key', () => {
  const answer = { text: 'answer' };

  test('share one run and its answer', async () => {
    const { shared } = record.cache.figures;
    const run = createRun();
    const answers = Array.from({ length: 100 }, () => record.cache.share('same', ADMIT, run.make));
    run.resolve(answer);
    expect(new Set(await Promise.all(answers))).toEqual(new Set([answer]));
    expect(await record.cache.share('same', ADMIT, run.make)).toBe(answer);
    expect(run.make).toHaveBeenCalledTimes(1);
    expect(record.cache.figures.shared).toBe(shared + 100);
  });

  test('do not share a run that began before a change, and its answer is not cached', async () => {
    const [before, after] = [createRun(), createRun()];
    const old = record.cache.share('raced', ADMIT, before.make);
    await rewrite('one')(record.writer);
    const current = record.cache.share('raced', ADMIT, after.make);
    before.resolve({ text: 'old' });
    expect(await old).toEqual({ text: 'old' });
    expect(record.cache.find('raced')).toBeUndefined();
    const another = record.cache.share('raced', ADMIT, after.make);
    after.resolve(answer);
    expect(await Promise.all([current, another])).toEqual([answer, answer]);
    expect(record.cache.find('raced')).toBe(answer);
    expect(after.make).toHaveBeenCalledTimes(1);
  });

  test('share no errors: when a run fails, the next caller runs, and the others wait for it', async () => {
    const [failed, next, last] = [createRun(), createRun(), createRun()];
    const runs = [failed, next, last].map(({ make }) => record.cache.share('failing', ADMIT, make));
    failed.reject(new Error('The database is away.'));
    await expect(runs[0]).rejects.toThrow('The database is away.');
    await vi.waitUntil(() => next.make.mock.calls.length > 0, 30_000);
    expect(record.cache.find('failing')).toBeUndefined();
    next.resolve(answer);
    expect(await Promise.all(runs.slice(1))).toEqual([answer, answer]);
    expect(last.make).not.toHaveBeenCalled();
    expect(record.cache.find('failing')).toBe(answer);
  });

  test('wait for two failed runs at most', async () => {
    const runs = Array.from({ length: 5 }, createRun);
    const answers = runs.map(({ make }) => record.cache.share('failing always', ADMIT, make));
    const begun = () => runs.filter(({ make }) => make.mock.calls.length > 0).length;
    runs[0]?.resolve(undefined);
    await vi.waitUntil(() => begun() === 2, 30_000);
    runs[1]?.resolve(undefined);
    await vi.waitUntil(() => begun() === 5, 30_000);
    for (const { resolve } of runs) resolve(undefined);
    expect(await Promise.all(answers)).toEqual(Array(5).fill(undefined));
  });
});

describe('the cache', () => {
  test('stays within its memory limit by evicting the least recently used answers', async () => {
    await using small = await openRecordWithCache({ maxBytes: 20_000 });
    const questions = Array.from({ length: 50 }, (_, index) => ({
      query: `{ topics { totalCount } feedHead t${index}: feedHead }`,
    }));
    for (const question of questions) {
      await small.ask(question);
      expect(small.cache.figures.bytes).toBeLessThanOrEqual(20_000);
    }
    const { entries, dropped } = small.cache.figures;
    expect(entries).toBeGreaterThan(10);
    expect(entries).toBeLessThan(50);
    expect(dropped).toBe(0);
    expect(small.find(questions[49] as Question)).toBeDefined();
    expect(small.find(questions[0] as Question)).toBeUndefined();
    await small.cache.share('large', ADMIT, async () => ({ text: 'x'.repeat(3_000) }));
    expect(small.cache.find('large')).toBeUndefined();
  });

  test('without memory, neither caches nor shares', async () => {
    await using none = await openRecordWithCache({ maxBytes: 0 });
    const make = vi.fn(async () => ({ text: 'answer' }));
    await Promise.all([none.cache.share('same', ADMIT, make), none.cache.share('same', ADMIT, make)]);
    expect(make).toHaveBeenCalledTimes(2);
    expect(none.cache.find('same')).toBeUndefined();
  });

  test('counts hits, misses and drops', async () => {
    const question = { query: '{ counted: feedHead }' };
    const before = record.cache.figures;
    record.find(question);
    await record.ask(question);
    record.find(question);
    const { entries, hits, misses, dropped } = record.cache.figures;
    expect([entries - before.entries, hits - before.hits, misses - before.misses]).toEqual([1, 1, 1]);
    expect(dropped).toBe(before.dropped);
    await rewrite('one')(record.writer);
    expect(record.cache.figures.dropped).toBe(dropped + entries);
  });
});

/** All tables of reference data. */
const REFERENCE_TABLES = [
  ...[
    'actor',
    'actor_name',
    'doctrine',
    'duplicate_judgement',
    ...['source', 'source_name', 'topic', 'topic_name'],
    'treaty',
    'treaty_party',
    'treaty_status',
  ],
  ...['weapon_system', 'weapon_system_alias'],
];

test('changes to every table of reference data are counted', async () => {
  const { rows } = await record.pool.query(
    "SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'reference_changed'",
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(REFERENCE_TABLES);
});
