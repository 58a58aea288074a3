import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, expect } from 'vitest';
import { send } from '../api/desk/desk-client.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { inOwnTime } from '../support/processes/own-time.js';
import { type Pool, readPool } from '../support/random/random-input.js';
import { type RandomQuery, randomQueries } from '../support/random/random-query.js';
import { runs } from '../support/random/runs.js';
import { ADMIN_TOKEN, type Answer, startTestServer, type TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

const AT_ONCE = 4;
const REQUESTS = runs(2_000);
/** How long a request may take, in milliseconds. */
const LIMIT = 2_000;

/** Set `FUZZ_SEED` to try other queries. Each run prints its seed. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20260101);

const ARTICLE = { url: 'https://example.org/talks', text: 'The talks on missiles went on, officials said.' };

const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));

const test = base.extend<{ record: TestServer; pool: Pool }>({
  record: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase('dossier');
      const env = { SEED: 'dossier', BUDGET_PER_MINUTE: '1000000000' };
      await using server = await startTestServer(database.location, env);
      await send(server, 'addArticle', ARTICLE, 'isNew');
      await use(server);
    },
    { scope: 'file' },
  ],
  pool: [
    async ({ record }, use) => {
      await use(await readPool(record));
    },
    { scope: 'file' },
  ],
});

/** Sends a request, as a reader unless a token is given; undefined if it times out. */
async function ask(server: TestServer, body: RandomQuery, token?: string): Promise<Answer | undefined> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  try {
    return await inOwnTime(LIMIT, [], async (signal) => {
      const response = await fetch(server.url, {
        ...{ method: 'POST', headers, body: JSON.stringify(body), signal },
      });
      return { status: response.status, ...((await response.json()) as object) };
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return undefined;
    throw error;
  }
}

/** Sends a request, and once more if it took too long: four at once share the time. @throws if it does again. */
async function askTwice(server: TestServer, body: RandomQuery, token?: string): Promise<Answer> {
  const answer = (await ask(server, body, token)) ?? (await ask(server, body, token));
  if (!answer) throw new Error(`Took more than ${LIMIT} ms, twice: ${body.query}`);
  return answer;
}

/** Returns the error codes of an answer. @throws if the server failed. */
function codesOf(server: TestServer, { status, data, errors = [] }: Answer): string[] {
  const codes = errors.map(({ extensions }) => String(extensions?.['code']));
  const isOurs = status >= 500 || codes.some((code) => /^(INTERNAL_SERVER_ERROR|undefined)$/.test(code));
  const logged = server.logged.splice(0);
  if (isOurs || logged.length > 0 || (!data && errors.length === 0)) {
    throw new Error(
      `The server failed: ${JSON.stringify({ status, errors, logged }, null, 1).slice(0, 4_000)}`,
    );
  }
  return codes;
}

const told = new Map<string, number>();
const count = (outcome: string) => told.set(outcome, (told.get(outcome) ?? 0) + 1);
afterAll(() => console.info('seed', SEED, Object.fromEntries(told)));

describeWithDatabase('random valid queries', () => {
  test('return data, or an error that the client can act on, within 2 s', {
    timeout: 600_000,
  }, async ({ record, pool }) => {
    let refused = 0;
    const some = fc.array(randomQueries(schema, pool), { minLength: AT_ONCE, maxLength: AT_ONCE });
    await fc.assert(
      fc.asyncProperty(some, async (queries) => {
        for (const { query } of queries) expect(validate(schema, parse(query)), query).toEqual([]);
        const answers = await Promise.all(queries.map((query) => ask(record, query)));
        for (const [index, answer] of answers.entries()) {
          const query = queries[index] as RandomQuery;
          const codes = codesOf(record, answer ?? (await askTwice(record, query)));
          if (!codes.includes('UNAUTHENTICATED')) {
            count(codes[0] ?? 'data');
            continue;
          }
          // It has fields for editors or admins.
          refused += 1;
          count(codesOf(record, await askTwice(record, query, ADMIN_TOKEN))[0] ?? 'data');
        }
      }),
      { seed: SEED, numRuns: REQUESTS / AT_ONCE },
    );
    // The test proves little if most queries are refused.
    const sum = [...told.values()].reduce((total, number) => total + number, 0);
    expect(sum).toBe(REQUESTS);
    expect(told.get('data')).toBeGreaterThan(REQUESTS / 2);
    expect(refused).toBeGreaterThan(0);
    for (const code of ['GRAPHQL_VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN'])
      expect(told.get(code), code).toBeUndefined();
  });
});
