import { setMaxListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { HEAVY } from '../support/hostile/hostile-documents.js';
import { expectApart, startNeighbourhood } from '../support/neighbour.js';

/** Requests that the attacker has open at once: more than may be at work and wait. */
const AT_ONCE = 60;
/** How soon a client that leaves does so, in milliseconds: in the middle of the execution. */
const SOON = 30;

const documents = Object.values(HEAVY);
let sent = 0;

/** Sends a heavy query that is new to the server. Returns the status; undefined if the client left. */
async function ask(url: string, signal: AbortSignal): Promise<number | undefined> {
  const { query, ...rest } = documents[sent % documents.length] ?? { query: '' };
  sent += 1;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...rest, query: `${query} # ${sent}` }),
      signal,
    });
    await response.text();
    return response.status;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

const ATTACKS = {
  'asks 60 heavy queries at once': (over: AbortSignal) => over,
  'asks 60 heavy queries at once and leaves': (over: AbortSignal) =>
    AbortSignal.any([over, AbortSignal.timeout(SOON)]),
};

describe.each(['embedded', 'postgres'] as const)('on %s, beside a client that', (kind) => {
  test.for(Object.entries(ATTACKS))(
    '%s, a well-behaved one keeps its latency, and nothing is left',
    { timeout: 600_000 },
    async ([, signalOf]) => {
      await using neighbourhood = await startNeighbourhood(kind);
      const { url } = neighbourhood.server;
      const statuses = new Set<number | undefined>();
      const before = await neighbourhood.held();
      const attack = async (over: AbortSignal) => {
        setMaxListeners(0, over);
        const keepAsking = async () => {
          while (!over.aborted) statuses.add(await ask(url, signalOf(over)));
        };
        await Promise.all(Array.from({ length: AT_ONCE }, keepAsking));
      };
      const comparison = await neighbourhood.compare(attack, { rounds: 3, answers: 100 });
      await expectApart(neighbourhood, comparison, before);
      expect([...statuses]).toEqual(expect.arrayContaining([undefined]));
      // Floods of refusals and of clients that leave do not fill the log.
      const lines = neighbourhood.server.stdout.split('\n').length;
      expect(lines).toBeLessThan(sent / 4 + 500);
    },
  );
});
