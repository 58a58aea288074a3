import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect } from 'vitest';
import { DOCUMENTS, HEAVY } from '../support/hostile/hostile-documents.js';
import { ask, expectWell, inTime, test } from '../support/processes/dossier-process.js';

/** What a health check takes at most on a quiet machine, 99 times of a hundred, in milliseconds. */
const PROMPT = 100;
/** How many health checks each figure comes of. */
const CHECKS = 500;
/** How many requests a client has under way at once. */
const AT_ONCE = 10;

/** Makes a document that the server has not parsed yet. */
const anew = (query: string, run: number) => `${query} # ${run}`;

function p99(taken: number[]): number {
  const sorted = taken.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

describe('/health/live', () => {
  test('answers promptly while a client sends the worst documents it can, ten at once', {
    timeout: 300_000,
  }, async ({ served }) => {
    const client = new Worker(new URL('../support/hostile/steady-client.js', import.meta.url), {
      workerData: { url: new URL('/health/live', served.url).href, health: true },
    });
    const take = async (): Promise<number[]> => {
      client.postMessage('take');
      const [taken] = await once(client, 'message');
      return taken;
    };
    const documents = Object.values({ ...DOCUMENTS, ...HEAVY });
    let run = 0;
    const sendAll = async () => {
      for (const { query, ...rest } of documents) {
        const send = () => {
          run += 1;
          const body = { ...rest, query: anew(query, run) };
          return inTime((signal) => ask(served, body, signal));
        };
        await Promise.all(Array.from({ length: AT_ONCE }, send));
      }
    };
    const quiet: number[] = [];
    const beside: number[] = [];
    try {
      await take();
      // In turns, so that other work of the machine falls on both.
      while (beside.length < CHECKS || quiet.length < CHECKS) {
        await sendAll();
        beside.push(...(await take()));
        while (quiet.length < beside.length) quiet.push(...(await take()));
      }
    } finally {
      await client.terminate();
    }
    console.info(`health: p99 quiet ${p99(quiet).toFixed(1)} ms, beside ${p99(beside).toFixed(1)} ms`);
    expect(p99(beside)).toBeLessThanOrEqual(3 * Math.max(PROMPT, p99(quiet)));
    await expectWell(served);
  });
});
