import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { saveArrival } from '../../src/intake/inbox/arrival/save-arrival.js';
import { createPostgres } from '../support/database.js';
import { CITED, makeSource } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { post, serve } from '../support/processes/processes.js';

const ARTICLES = 24;
const AT_ONCE = 4;
const KILLS = 3;

const LIST = `{ inboxItems(first: 100) { nodes { id suggestions { key excerpt } } } }`;
const ACCEPT = `mutation ($input: AcceptSuggestionInput!) {
  it: acceptSuggestion(input: $input) {
    ... on AcceptSuggestionSuccess { development { slug } } ... on Error { code message } } }`;
const ADD = `mutation ($input: AddSuggestionToDevelopmentInput!) {
  it: addSuggestionToDevelopment(input: $input) {
    ... on AddSuggestionToDevelopmentSuccess { development { slug } } ... on Error { code message } } }`;

/** An act of an editor on a suggestion. Its key is that of the request too. */
interface Act {
  readonly key: string;
  readonly query: string;
  readonly input: object;
}

type OpenRecord = Awaited<ReturnType<typeof openDatabase>>;

/** Articles with three suggestions each, and a development that the third ones are added to. */
async function prepare({ db }: OpenRecord): Promise<void> {
  await makeSource(db);
  const writer = { db, editor: 'test', wake: () => {} };
  const known = { slug: 'known', headline: 'Known', occurred: '2020', ...CITED };
  await recordDevelopment(writer, 'STATEMENT', known, { publish: true });
  for (let at = 0; at < ARTICLES; at += 1) {
    const text = [1, 2, 3].map((number) => `“Promise ${at}.${number} holds,” analysts said.`).join('\n\n');
    const rest = { title: `Article ${at}`, language: 'en', publishedAt: null, feedId: null };
    const url = `https://example.org/${at}`;
    await db.$transaction((tx) => saveArrival(tx, { ...rest, url, text, originalHash: 'hash' }));
  }
}

async function listActs(url: string): Promise<Act[]> {
  const { inboxItems } = await post(url, LIST);
  const acts: Act[] = inboxItems.nodes.flatMap(({ id: item, suggestions }: any) =>
    suggestions.map(({ key, excerpt }: any) => ({
      key,
      ...(excerpt.includes('.3 holds')
        ? { query: ADD, input: { slug: 'known', item, key, idempotencyKey: key } }
        : { query: ACCEPT, input: { item, key, publish: true, idempotencyKey: key } }),
    })),
  );
  expect(acts).toHaveLength(ARTICLES * 3);
  return acts;
}

describeWithDatabase('accepting suggestions on PostgreSQL', () => {
  test('loses none and makes none twice if the server is killed at any moment', async () => {
    await using database = await createPostgres();
    await using record = await openDatabase(database.location);
    await prepare(record);
    const env = { DATABASE_URL: database.location.url };
    const done = new Map<string, string>();
    let acts: Act[] | undefined;

    /** Sends each act that has no answer yet, some at once, until there are enough answers. */
    const work = async (url: string, all: readonly Act[], enough: number, onEnough: () => void) => {
      const open = all.filter(({ key }) => !done.has(key));
      const refused: unknown[] = [];
      let isEnding = false;
      const next = async (): Promise<void> => {
        const act = isEnding ? undefined : open.shift();
        if (!act) return;
        try {
          const { it } = await post(url, act.query, { input: act.input });
          if (it.development) done.set(act.key, it.development.slug);
          else refused.push(it);
        } catch (error) {
          if (!isEnding) refused.push(error);
        }
        if (done.size >= enough && !isEnding) {
          isEnding = true;
          onEnough();
        }
        return next();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
      expect(refused).toEqual([]);
    };

    for (let kill = 0; kill < KILLS; kill += 1) {
      await using server = await serve(env);
      acts ??= await listActs(server.url);
      // Other requests are answered at any point of theirs.
      const enough = done.size + 5 + Math.floor(Math.random() * 10);
      await work(server.url, acts, enough, () => server.child.kill('SIGKILL'));
      await server.end('SIGKILL');
    }
    const killedAfter = done.size;
    expect(killedAfter).toBeLessThan(ARTICLES * 3);
    await using last = await serve(env);
    await work(last.url, acts ?? [], Number.POSITIVE_INFINITY, () => {});

    const { db } = record;
    const marks = await db.inboxMark.findMany({ orderBy: { key: 'asc' } });
    expect(marks.map(({ key }) => key)).toEqual([...done.keys()].sort());
    const developments = await db.development.findMany({ select: { id: true, slug: true, status: true } });
    // One for each accepted suggestion, and the known one.
    expect(developments).toHaveLength(ARTICLES * 2 + 1);
    expect(new Set(developments.map(({ status }) => status))).toEqual(new Set(['PUBLISHED']));
    const slugOf = new Map(developments.map(({ id, slug }) => [id, slug]));
    for (const { key, developmentId } of marks) {
      expect(slugOf.get(developmentId ?? '')).toBe(done.get(key));
    }
    const { known } = await post(last.url, '{ known: development(slug: "known") { citations { excerpt } } }');
    const excerpts = known.citations.flatMap(({ excerpt }: any) => excerpt ?? []);
    expect(excerpts).toHaveLength(ARTICLES);
    expect(new Set(excerpts).size).toBe(ARTICLES);
    expect(await db.source.count()).toBe(ARTICLES + 1);
    expect(await db.inboxItem.count({ where: { state: 'DRAFTED' } })).toBe(ARTICLES);
    await expectVerified(db);
  }, 240_000);
});
