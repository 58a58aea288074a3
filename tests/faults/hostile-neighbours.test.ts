import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect } from 'vitest';
import { DOCUMENTS } from '../support/hostile/hostile-documents.js';
import { REQUESTS } from '../support/hostile/hostile-requests.js';
import { exchange } from '../support/hostile/tcp-exchange.js';
import { ask, expectWell, inTime, test } from '../support/processes/dossier-process.js';

/** Responses per figure. */
const ANSWERS = 500;
/** A latency that counts as quiet on a shared machine, in milliseconds. */
const FLOOR = 30;

/** Returns the 99th percentile. */
function p99(taken: number[]): number {
  const sorted = taken.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

describe('beside clients that send hostile requests', () => {
  test("keeps a well-behaved client's 99th percentile within three times that of a quiet server", {
    timeout: 300_000,
  }, async ({ served }) => {
    const client = new Worker(new URL('../support/hostile/steady-client.js', import.meta.url), {
      workerData: { url: served.url },
    });
    const take = async (): Promise<number[]> => {
      client.postMessage('take');
      const [taken] = await once(client, 'message');
      return taken;
    };
    const health = new URL('/health/live', served.url);
    const leaveAlone = async () => (await fetch(health)).text();
    const bodies = Object.values(DOCUMENTS).map((body) => JSON.stringify(body));
    const sendAll = async () => {
      for (const body of bodies) await inTime(served, (signal) => ask(served, body, signal));
      for (const { bytes } of Object.values(REQUESTS))
        await inTime(served, (signal) => exchange(served.url, bytes, { signal, isBrief: true }));
    };
    try {
      await sendAll(); // Warm-up.
      await take();
      const quiet: number[] = [];
      const beside: number[] = [];
      // Alternate, so that other load affects both equally.
      while (beside.length < ANSWERS || quiet.length < ANSWERS) {
        await sendAll();
        beside.push(...(await take()));
        while (quiet.length < beside.length) {
          await leaveAlone();
          quiet.push(...(await take()));
        }
      }
      console.info(`p99: quiet ${p99(quiet).toFixed(1)} ms, beside the hostile ${p99(beside).toFixed(1)} ms`);
      expect(p99(beside)).toBeLessThanOrEqual(3 * Math.max(FLOOR, p99(quiet)));
    } finally {
      await client.terminate();
    }
    await expectWell(served);
  });
});
