import { describe, expect, test } from 'vitest';
import { HEAVY } from '../support/hostile/hostile-documents.js';
import { expectApart, startNeighbourhood } from '../support/neighbour.js';

/** Requests that the attacker has open at once. */
const AT_ONCE = 60;

describe.each(['embedded', 'postgres'] as const)(
  'beside a client with 60 heavy queries at once on %s',
  (kind) => {
    test('a well-behaved client keeps its latency, and nothing is left', { timeout: 300_000 }, async () => {
      await using neighbourhood = await startNeighbourhood(kind);
      const { url } = neighbourhood.server;
      const documents = Object.values(HEAVY);
      let sent = 0;
      const keepAsking = async (signal: AbortSignal) => {
        while (!signal.aborted) {
          const { query, ...rest } = documents[sent % documents.length] ?? { query: '' };
          sent += 1;
          const response = await fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ ...rest, query: `${query} # ${sent}` }),
            signal,
          }).catch(() => undefined);
          await response?.text().catch(() => {});
        }
      };
      const before = await neighbourhood.held();
      const comparison = await neighbourhood.compare(async (signal) => {
        await Promise.all(Array.from({ length: AT_ONCE }, () => keepAsking(signal)));
      });
      expect(sent).toBeGreaterThan(0);
      await expectApart(neighbourhood, comparison, before);
    });
  },
);
