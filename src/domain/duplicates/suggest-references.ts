import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DuplicateKind } from '../../generated/prisma/enums.js';
import { similarKeysOf, similarPrefix } from '../references/named/similar-keys.js';
import { compareReferences } from './compare-references.js';
import { type Comparison, comparedHash, doubted, LEAST_SCORE } from './comparison.js';
import { keyOfPair, readJudgements, standing } from './judgements.js';
import { type ComparedReference, comparedFacts, readCompared } from './references.js';
import { withParticipations } from './shared-participations.js';
import { OWNERS, type Place, type Suggestion, type SuggestionPage } from './suggestion.js';

/** How many keys a page reads at most. */
const MOST_READ = 20_000;
/** How many pairs a page compares at most. */
const MOST_COMPARED = 2_000;
/** A key that more references share says little about any two of them. */
const MOST_SHARED = 20;

/** The largest id: a place behind all pairs of a key. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** References that share a key. */
interface Block {
  readonly key: string;
  /** Ascending. */
  readonly ids: readonly string[];
}

/**
 * Returns references of one type that may be one, those with the most telling key first. Reads a bounded number of keys
 * and compares a bounded number of pairs, so that a page can be short although more follow.
 */
export async function suggestReferences(
  db: Transaction,
  kind: Exclude<DuplicateKind, 'DEVELOPMENT'>,
  first: number,
  after: Place | undefined,
): Promise<SuggestionPage> {
  const owner = OWNERS[kind];
  const [key = '', one = '', other = ''] = (after ?? []) as readonly string[];
  const { blocks, end, hasMore } = await readBlocks(db, similarPrefix(owner), key);
  const taken: Block[] = [];
  let pairs = 0;
  for (const block of blocks) {
    if (pairs > MOST_COMPARED) break;
    taken.push(block);
    pairs += (block.ids.length * (block.ids.length - 1)) / 2;
  }
  const known = await readCompared(db, owner, { ids: [...new Set(taken.flatMap(({ ids }) => ids))] });
  const found: Found[] = [];
  for (const block of taken) {
    const resume = block.key === key ? `${one} ${other}` : '';
    found.push(...comparePairs(block, known).filter((pair) => keyOfPair(pair) > resume));
    if (found.length > first) break;
  }
  const open = await withoutJudged(db, kind, found);
  const page = open.slice(0, first);
  const last = page.at(-1);
  const isCut = open.length > page.length;
  const reached = taken.at(-1)?.key;
  const rest: Place | null =
    taken.length < blocks.length && reached !== undefined ? [reached, LAST, LAST] : end;
  return {
    suggestions: await withParticipations(
      db,
      kind,
      page.map(({ suggestion }) => suggestion),
    ),
    end: isCut && last ? [last.key, last.oneId, last.otherId] : rest,
    hasMore: isCut || taken.length < blocks.length || hasMore,
  };
}

/** Reads the next blocks of a range of keys. One SQL statement. */
async function readBlocks(db: Transaction, prefix: string, from: string) {
  const [scan] = await read<{ scanned: number; first: string | null; last: string | null; blocks: Block[] }>(
    db,
    Prisma.sql`
    WITH scanned AS MATERIALIZED (
      SELECT key, reference_id FROM reference_key AS it
      WHERE NOT EXISTS (SELECT FROM merged_reference WHERE id = it.reference_id) AND key >= ${from < prefix ? prefix : from} AND key < ${`${prefix}~`}
      ORDER BY key, reference_id LIMIT ${MOST_READ}
    ), blocks AS (
      SELECT key, array_agg(reference_id::text ORDER BY reference_id) AS ids FROM scanned
      GROUP BY key HAVING count(*) BETWEEN 2 AND ${MOST_SHARED}
    )
    SELECT (SELECT count(*)::int FROM scanned) AS scanned, (SELECT min(key) FROM scanned) AS first,
           (SELECT max(key) FROM scanned) AS last,
           (SELECT coalesce(json_agg(json_build_object('key', key, 'ids', ids) ORDER BY key), '[]') FROM blocks) AS blocks`,
  );
  if (!scan || scan.last === null) return { blocks: [], end: null, hasMore: false };
  const { scanned, first, last, blocks } = scan;
  if (scanned < MOST_READ) return { blocks, end: [last, LAST, LAST] as Place, hasMore: false };
  // The last key may have more references: the next page begins with it, or behind it if there is no other.
  const isOne = first === last;
  const end: Place = isOne ? [last, LAST, LAST] : [last, '00000000-0000-0000-0000-000000000000', LAST];
  return { blocks: blocks.filter(({ key }) => key !== last), end, hasMore: true };
}

interface Found {
  readonly key: string;
  readonly oneId: string;
  readonly otherId: string;
  readonly comparison: Comparison;
  readonly compared: string;
}

/** Compares the references of a block with each other. A pair belongs to the first of the keys that it shares. */
function comparePairs({ key, ids }: Block, known: ReadonlyMap<string, ComparedReference>): Found[] {
  const members = ids.flatMap((id) => known.get(id) ?? []);
  const pairs: Found[] = [];
  const keys = new Map(members.map((member) => [member.id, similarKeysOf(member)]));
  for (const [index, one] of members.entries()) {
    for (const other of members.slice(index + 1)) {
      if (firstShared(keys.get(one.id) ?? [], keys.get(other.id) ?? []) !== key) continue;
      const comparison = compareReferences(one, other);
      if (!comparison) continue;
      const compared = comparedHash(comparedFacts(one), comparedFacts(other));
      pairs.push({ key, oneId: one.id, otherId: other.id, comparison, compared });
    }
  }
  return withChoices(pairs);
}

function firstShared(one: readonly string[], other: readonly string[]): string | undefined {
  const theirs = new Set(other);
  return one.filter((key) => theirs.has(key)).sort()[0];
}

/** Marks pairs whose reason fits several references: which of them it is, an editor must choose. */
function withChoices(pairs: readonly Found[]): Found[] {
  const isWeak = ({ comparison }: Found) => comparison.reasons.every(({ type }) => WEAK.has(type));
  const matches = new Map<string, number>();
  for (const pair of pairs.filter(isWeak)) {
    for (const id of [pair.oneId, pair.otherId]) matches.set(id, (matches.get(id) ?? 0) + 1);
  }
  return pairs.flatMap((pair) => {
    const most = Math.max(matches.get(pair.oneId) ?? 0, matches.get(pair.otherId) ?? 0);
    if (!isWeak(pair) || most < 2) return pair;
    const text = `the name matches ${most} entries`;
    const comparison = doubted(pair.comparison, { type: 'SEVERAL', text }, 0.1);
    return comparison.score < LEAST_SCORE ? [] : { ...pair, comparison };
  });
}

/** Reasons that fit several people or things easily. */
const WEAK: ReadonlySet<string> = new Set(['INITIALS', 'MORE_WORDS', 'ACRONYM']);

/** Leaves out pairs that were judged NOT_SAME as they are now. */
async function withoutJudged(db: Transaction, kind: DuplicateKind, found: readonly Found[]) {
  const judgements = await readJudgements(db, found);
  return found.flatMap(({ compared, comparison, key, oneId, otherId }) => {
    const judgement = standing(judgements.get(keyOfPair({ oneId, otherId })), compared);
    if (judgement?.verdict === 'NOT_SAME') return [];
    const suggestion: Suggestion = { kind, oneId, otherId, comparison, judgement };
    return { key, oneId, otherId, suggestion };
  });
}
