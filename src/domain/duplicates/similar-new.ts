import type { Transaction } from '../../database/open.js';
import type { NewReference } from '../references/named/create-many.js';
import type { Comparable } from '../references/named/similar-keys.js';
import { comparedHash } from './comparison.js';
import { keyOfPair, pairOf, readJudgements, standing } from './judgements.js';
import { comparedFacts } from './references.js';
import { findSimilarReferences, type SimilarReference } from './similar-references.js';

/** A new actor or topic. Sources are known by their addresses. */
type NewNamed = Extract<NewReference, { owner: 'Actor' | 'Topic' }>;

export const isNamed = (reference: NewReference): reference is NewNamed => reference.owner !== 'Source';

/**
 * Finds references of the record that new ones may be.
 *
 * @returns For each new reference those that it is like, the most alike first; none if it is like none. An entry that was
 *   judged to be another thing than one before it in the list is left out.
 */
export async function findSimilarToNew(
  db: Transaction,
  references: readonly NewNamed[],
): Promise<Map<NewNamed, SimilarReference[]>> {
  const lists = await findSimilarReferences(db, references.map(comparableOfNew));
  const pairs = lists.flatMap((list) => pairsOf(list).map(({ one, other }) => pairOf(one.id, other.id)));
  const judgements = await readJudgements(db, pairs);
  const isApart = (one: SimilarReference, other: SimilarReference) => {
    const [a, b] =
      one.reference.id < other.reference.id
        ? [one.reference, other.reference]
        : [other.reference, one.reference];
    const compared = comparedHash(comparedFacts(a), comparedFacts(b));
    return standing(judgements.get(keyOfPair(pairOf(a.id, b.id))), compared)?.verdict === 'NOT_SAME';
  };
  return new Map(
    references.flatMap((reference, index) => {
      const kept: SimilarReference[] = [];
      for (const similar of (lists[index] ?? []).slice(0, MOST_LISTED)) {
        if (!kept.some((better) => isApart(better, similar))) kept.push(similar);
      }
      return kept.length > 0 ? [[reference, kept] as const] : [];
    }),
  );
}

/** How many of the most alike are returned. */
const MOST_LISTED = 5;

function pairsOf(list: readonly SimilarReference[]) {
  const top = list.slice(0, MOST_LISTED).map(({ reference }) => reference);
  return top.flatMap((one, index) => top.slice(index + 1).map((other) => ({ one, other })));
}

function comparableOfNew({ owner, input }: NewNamed): Comparable {
  const none = { kind: null, countryCode: null, countryCode3: null, wikidataId: null, url: null };
  const { name, names, wikidataId = null } = input;
  const all = [name, ...(names ?? []).map((other) => other.name)];
  if (owner === 'Topic') return { ...none, owner, names: all, wikidataId };
  const { kind, countryCode = null, countryCode3 = null } = input;
  return { ...none, owner, kind, names: all, countryCode, countryCode3, wikidataId };
}
