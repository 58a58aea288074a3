import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { findSurvivors } from '../references/lookup.js';
import { type Comparable, similarKeysOf } from '../references/named/similar-keys.js';
import { compareReferences } from './compare-references.js';
import { type Comparison, comparedHash } from './comparison.js';
import { keyOfPair, pairOf, readJudgements, standing } from './judgements.js';
import { type ComparedReference, comparedFacts, readCompared } from './references.js';

/** How many references are read for one key of a name. */
const MOST_OF_KEY = 50;

/** A reference of the record that is like another one. */
export interface SimilarReference {
  readonly reference: ComparedReference;
  readonly comparison: Comparison;
}

/**
 * Finds references of the record that are like those given, the most alike first. In place of a merged one it returns the
 * one that stands for it. Three SQL statements for each type.
 *
 * @returns A list for each of the given, in their order.
 */
export async function findSimilarReferences(
  db: Transaction,
  asked: readonly Comparable[],
): Promise<SimilarReference[][]> {
  const found = new Map<Comparable, SimilarReference[]>();
  for (const owner of new Set(asked.map((it) => it.owner))) {
    const ofOwner = asked.filter((it) => it.owner === owner);
    const keys = ofOwner.map((it, index) => similarKeysOf(it).map((key) => ({ index, key })));
    const rows = await read<{ index: number; id: string }>(
      db,
      Prisma.sql`
      SELECT DISTINCT asked.index, it.id
      FROM json_to_recordset(${JSON.stringify(keys.flat())}::json) AS asked (index int, key text), LATERAL (
        SELECT reference_id::text AS id FROM reference_key WHERE key = asked.key
        ORDER BY reference_id LIMIT ${MOST_OF_KEY}
      ) AS it`,
    );
    const ids = [...new Set(rows.map(({ id }) => id))];
    const survivors = await findSurvivors(db, ids, undefined);
    const known = await readCompared(db, owner, { ids: [...ids, ...survivors.values()] });
    for (const { index, id } of rows) {
      const [it, compared] = [ofOwner[index], known.get(id)];
      const comparison = it && compared && compareReferences(it, compared);
      const reference = known.get(survivors.get(id) ?? id);
      if (comparison && reference) found.set(it, [...(found.get(it) ?? []), { reference, comparison }]);
    }
  }
  return asked.map((it) => eachOnce((found.get(it) ?? []).sort(byScore)));
}

/** A reference can be like by its own names and by those of what was merged into it: the best counts. */
const eachOnce = (similar: readonly SimilarReference[]): SimilarReference[] =>
  [...new Map(similar.toReversed().map((it) => [it.reference.id, it])).values()].sort(byScore);

const byScore = (one: SimilarReference, other: SimilarReference) =>
  other.comparison.score - one.comparison.score || (one.reference.slug < other.reference.slug ? -1 : 1);

/** Leaves out the reference itself, and those that were judged to be another thing than it as they are now. */
export async function withoutJudgedOf(
  db: Transaction,
  itself: ComparedReference | undefined,
  similar: readonly SimilarReference[],
): Promise<SimilarReference[]> {
  if (!itself) return [...similar];
  const others = similar.filter(({ reference }) => reference.id !== itself.id);
  const judgements = await readJudgements(
    db,
    others.map(({ reference }) => pairOf(itself.id, reference.id)),
  );
  return others.filter(({ reference }) => {
    const [one, other] = itself.id < reference.id ? [itself, reference] : [reference, itself];
    const compared = comparedHash(comparedFacts(one), comparedFacts(other));
    const judgement = standing(judgements.get(keyOfPair(pairOf(one.id, other.id))), compared);
    return judgement?.verdict !== 'NOT_SAME';
  });
}
