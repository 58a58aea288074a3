import { test as base, expect } from 'vitest';
import { createDirectory } from '../database.js';
import { inOwnTime } from './own-time.js';
import { type Environment, type Running, serve } from './processes.js';

/** A server in its own process, on the example record. */
export interface Served extends Running {
  readonly url: string;
  /** Returns the failures logged since the last call. */
  takeFailures(): string[];
}

/** The time limit for a request, in milliseconds. */
const LIMIT = 2_000;

/** Starts a server without a tight rate limit. Dispose of it after use. Needs `npm run build`. */
export async function serveDossier(env: Environment = {}): Promise<Served> {
  const database = await createDirectory('dossier');
  const { directory: DATA_DIR } = database.location;
  const running = await serve({
    DATA_DIR,
    SEED: 'dossier',
    BUDGET_PER_MINUTE: '1000000000',
    BUDGET_SECONDS_PER_MINUTE: '6000',
    ...env,
  });
  const stop = running[Symbol.asyncDispose];
  let seen = 0;
  return Object.assign(running, {
    takeFailures: () => {
      const lines = running.stdout.slice(seen).split('\n');
      seen = running.stdout.length;
      const stderr = running.stderr.split('\n').filter((line) => line !== '');
      running.stderr = '';
      return [...lines.filter((line) => /^\{"level":[56]0/.test(line)), ...stderr];
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await database[Symbol.asyncDispose]();
    },
  });
}

/** Tests that share a server in its own process, which must survive all of them. */
export const test = base.extend<{ served: Served }>({
  served: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using served = await serveDossier();
      await use(served);
      await expectWell(served);
    },
    { scope: 'file' },
  ],
});

/** Expects the server to run, answer, and have logged no failure. */
export async function expectWell(served: Served): Promise<void> {
  expect(served.exit).toBeUndefined();
  const live = await inTime(served, (signal) => fetch(new URL('/health/live', served.url), { signal }));
  expect(live.status).toBe(200);
  await live.text();
  const answer = await inTime(served, (signal) =>
    ask(served, { query: '{ topics(first: 1) { nodes { slug } } }' }, signal),
  );
  expect(JSON.parse(answer.text).data).toEqual({ topics: { nodes: [{ slug: expect.any(String) }] } });
  expect(served.takeFailures()).toEqual([]);
}

/** Runs work that must end in 2 s. Retries once, because the machine may have stood still. */
export async function inTime<T>(
  { pid }: Pick<Served, 'pid'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await inOwnTime(LIMIT, [pid], work);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    return await inOwnTime(LIMIT, [pid], work);
  }
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Sends a GraphQL request as a reader. A string is sent unchanged. */
export async function ask(
  { url }: { url: string },
  body: object | string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  });
  return { status: response.status, text: await response.text() };
}

/** Returns the codes of errors that a client can act on. @throws if there are none, or the server failed. */
export function refusalIn(errors: unknown): string[] {
  const list: any[] = Array.isArray(errors) ? errors : [];
  const codes = list.map((error) => error?.extensions?.code);
  const isClients = (code: unknown) => typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR';
  if (codes.length === 0 || !codes.every(isClients)) {
    throw new Error(`Expected a refusal with codes; got ${JSON.stringify(errors)?.slice(0, 1_000)}`);
  }
  return codes;
}
