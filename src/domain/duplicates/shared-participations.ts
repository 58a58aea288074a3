import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DuplicateKind } from '../../generated/prisma/enums.js';
import { type Comparison, doubted, rounded } from './comparison.js';
import type { Suggestion } from './suggestion.js';

/** How many developments of an actor are compared, the latest first. */
const LATEST = 30;

interface Part {
  readonly actorId: string;
  readonly developmentId: string;
  readonly others: readonly string[];
}

/** Adds what the actors of suggestions take part in: with the same others, or together. One SQL statement. */
export async function withParticipations(
  db: Transaction,
  kind: DuplicateKind,
  suggestions: readonly Suggestion[],
): Promise<readonly Suggestion[]> {
  if (kind !== 'ACTOR' || suggestions.length === 0) return suggestions;
  const ids = [...new Set(suggestions.flatMap(({ oneId, otherId }) => [oneId, otherId]))];
  const parts = await read<Part>(
    db,
    Prisma.sql`
    SELECT asked.id::text AS "actorId", it.development_id::text AS "developmentId", development.actor_ids::text[] AS others
    FROM unnest(${ids}::uuid[]) AS asked (id), LATERAL (
      SELECT development_id FROM development_mention
      WHERE subject_id = asked.id AND status = 'PUBLISHED'
      ORDER BY occurred_earliest DESC, development_id DESC LIMIT ${LATEST}
    ) AS it
    JOIN development ON development.id = it.development_id`,
  );
  const developments = new Map<string, Set<string>>();
  const companions = new Map<string, Set<string>>();
  for (const { actorId, developmentId, others } of parts) {
    addTo(developments, actorId, [developmentId]);
    addTo(
      companions,
      actorId,
      others.filter((id) => id !== actorId),
    );
  }
  return suggestions.map((suggestion) => {
    const { oneId, otherId } = suggestion;
    const together = shared(developments, oneId, otherId).length;
    const common = shared(companions, oneId, otherId).filter((id) => id !== oneId && id !== otherId).length;
    return { ...suggestion, comparison: withShared(suggestion.comparison, together, common) };
  });
}

function withShared(comparison: Comparison, together: number, common: number): Comparison {
  if (together > 0) {
    const text = `both take part in ${together === 1 ? 'one development' : `${together} developments`}`;
    return doubted(comparison, { type: 'TOGETHER', text }, 0.1);
  }
  if (common === 0) return comparison;
  const text = `both take part in developments with ${common === 1 ? 'the same other actor' : `${common} other actors`}`;
  return {
    ...comparison,
    score: rounded(comparison.score + 0.05),
    reasons: [...comparison.reasons, { type: 'SHARED_PARTICIPATIONS', text, one: null, other: null }],
  };
}

function addTo(map: Map<string, Set<string>>, key: string, values: readonly string[]): void {
  const set = map.get(key) ?? new Set();
  for (const value of values) set.add(value);
  map.set(key, set);
}

function shared(map: ReadonlyMap<string, ReadonlySet<string>>, one: string, other: string): string[] {
  const theirs = map.get(other);
  return [...(map.get(one) ?? [])].filter((id) => theirs?.has(id));
}
