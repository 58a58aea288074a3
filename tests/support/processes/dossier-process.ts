import { test as base, expect } from 'vitest';
import { createDirectory } from '../database.js';
import { type Environment, type Running, serve } from './processes.js';

/** A server in a process of its own, on the example record. */
export interface Served extends Running {
  readonly url: string;
  /** What it has told of failures since this was last called. */
  takeFailures(): string[];
}

/** How long the server may take over a request, in milliseconds. */
const LIMIT = 2_000;

/** Starts one that nobody's budget keeps from working. Dispose of it after use. Needs `npm run build`. */
export async function serveDossier(env: Environment = {}): Promise<Served> {
  const database = await createDirectory('dossier');
  const { directory: DATA_DIR } = database.location;
  const running = await serve({ DATA_DIR, SEED: 'dossier', BUDGET_PER_MINUTE: '1000000000', ...env });
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

/** Tests that share a server of its own process, which must outlive them all. */
export const test = base.extend<{ served: Served }>({
  served: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
    async ({}, use) => {
      await using served = await serveDossier();
      await use(served);
      await expectWell(served);
    },
    { scope: 'file' },
  ],
});

/** The process runs, answers, and has told of no failure. */
export async function expectWell(served: Served): Promise<void> {
  expect(served.exit).toBeUndefined();
  const live = await inTime((signal) => fetch(new URL('/health/live', served.url), { signal }));
  expect(live.status).toBe(200);
  await live.text();
  const answer = await inTime((signal) =>
    ask(served, { query: '{ topics(first: 1) { nodes { slug } } }' }, signal),
  );
  expect(JSON.parse(answer.text).data).toEqual({ topics: { nodes: [{ slug: expect.any(String) }] } });
  expect(served.takeFailures()).toEqual([]);
}

/** Does something that must be over in 2 s. A second try alone: the machine may have had other things to do. */
export async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await cut(work);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    return await cut(work);
  }
}

/** Rejects with a TimeoutError, also where the work does not look at its signal. */
function cut<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(LIMIT);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    work(signal).then(resolve, (error) => reject(signal.aborted ? signal.reason : error));
  });
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Sends a GraphQL request as a reader. A text is sent as it is. */
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

/** The codes of errors that a client can act on; throws where there are none, or one is the server's. */
export function refusalIn(errors: unknown): string[] {
  const list: any[] = Array.isArray(errors) ? errors : [];
  const codes = list.map((error) => error?.extensions?.code);
  const isClients = (code: unknown) => typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR';
  if (codes.length === 0 || !codes.every(isClients)) {
    throw new Error(`Expected a refusal with codes; got ${JSON.stringify(errors)?.slice(0, 1_000)}`);
  }
  return codes;
}
