import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { DOCUMENTS, HEAVY, type HostileDocument, WORST } from '../support/hostile/hostile-documents.js';
import { ask, expectWell, inTime, type Served, serveDossier } from '../support/processes/dossier-process.js';

/** How long `/health/live` may take, 99 times of a hundred, in milliseconds. */
const PROMPT = 100;
/** Health checks per figure. */
const CHECKS = 200;
/** How many requests the client has in flight. */
const AT_ONCE = 10;

interface Check {
  /** By the clock. */
  readonly ms: number;
  /** Milliseconds in which the server's main thread had a core: what the check takes on a machine of its own. */
  readonly busy: number;
}

function p99(figures: number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

/** Keeps requests in flight until there are enough health checks; each document is new to the server. */
async function checkBeside(served: Served, documents: readonly HostileDocument[]): Promise<Check[]> {
  const client = new Worker(new URL('../support/hostile/health-client.js', import.meta.url), {
    workerData: { url: new URL('/health/live', served.url).href, pid: served.pid },
  });
  const checks: Check[] = [];
  client.on('message', (check: Check) => checks.push(check));
  let sent = 0;
  const keepAsking = async () => {
    while (checks.length < CHECKS || sent < 2 * AT_ONCE * documents.length) {
      // All ten send the same document at about the same time.
      const { query, ...rest } = documents[Math.floor(sent / AT_ONCE) % documents.length] as HostileDocument;
      sent += 1;
      const body = { ...rest, query: `${query} # ${sent}` };
      await ask(served, body, AbortSignal.timeout(30_000));
    }
  };
  try {
    await once(client, 'message');
    await Promise.all(Array.from({ length: AT_ONCE }, keepAsking));
  } finally {
    await client.terminate();
  }
  return checks;
}

describe('/health/live is answered within 100 ms while a client sends ten at once of', () => {
  const kinds = { ...WORST, 'every hostile document': Object.values({ ...DOCUMENTS, ...HEAVY }) };
  test.for(Object.entries(kinds))('%s', { timeout: 300_000 }, async ([kind, documents]) => {
    await using served = await serveDossier();
    const checks = await checkBeside(served, documents);
    const [busy, ms] = [p99(checks.map((check) => check.busy)), p99(checks.map((check) => check.ms))];
    const most = Math.max(...checks.map((check) => check.busy));
    console.info(
      `${kind}: p99 of ${checks.length} checks ${busy.toFixed(1)} ms on a core (at most ${most.toFixed(1)}), ` +
        `${ms.toFixed(1)} ms by the clock`,
    );
    expect(busy).toBeLessThanOrEqual(PROMPT);
    await inTime(served, (signal) => ask(served, { query: '{ feedHead }' }, signal));
    await expectWell(served);
  });
});
