import { type Likeness, likenessOf } from '../references/named/likeness.js';
import { addressOf, type Comparable } from '../references/named/similar-keys.js';
import { type Comparison, type DuplicateReason, doubted, LEAST_SCORE, rounded } from './comparison.js';

/** A name with the likeness to another one. */
interface AlikeNames {
  readonly likeness: Likeness;
  readonly one: string;
  readonly other: string;
}

/**
 * Compares two references of one type by their names, codes and ids. Deterministic.
 *
 * @returns undefined if they are not alike, or if an id says that they are two.
 */
export function compareReferences(one: Comparable, other: Comparable): Comparison | undefined {
  if (one.owner !== other.owner || one.kind !== other.kind || haveOtherIds(one, other)) return undefined;
  const reasons: DuplicateReason[] = [];
  let score = 0;
  const add = (reason: DuplicateReason, its: number) => {
    reasons.push(reason);
    score = Math.max(score, its);
  };
  if (one.wikidataId !== null && one.wikidataId === other.wikidataId) {
    const text = `both have the Wikidata item ${one.wikidataId}`;
    add({ type: 'WIKIDATA_ITEM', text, one: null, other: null }, 1);
  }
  const code = sharedCode(one, other);
  if (code !== undefined) {
    add({ type: 'ISO_CODE', text: `both have the ISO code ${code}`, one: null, other: null }, 0.98);
  }
  if (one.url !== null && other.url !== null) {
    const isSame = addressOf(one.url) === addressOf(other.url);
    if (!isSame && score === 0) return undefined;
    if (isSame) add({ type: 'SAME_ADDRESS', text: 'the same address', one: one.url, other: other.url }, 0.95);
  }
  const names = alikeNames(one, other);
  if (names) {
    const { type, text } = { type: names.likeness.reason, text: names.likeness.text };
    add({ type, text, one: names.one, other: names.other }, names.likeness.score);
  }
  const comparison = { score: rounded(score), reasons, doubts: [] };
  const found = isElsewhere(one, other)
    ? doubted(comparison, { type: 'DIFFERENT_COUNTRY', text: 'their countries differ' }, 0.15)
    : comparison;
  return reasons.length > 0 && found.score >= LEAST_SCORE ? found : undefined;
}

/** Different Wikidata items, and different codes of states, are different things, whatever their names. */
function haveOtherIds(one: Comparable, other: Comparable): boolean {
  const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;
  const ofState = one.kind === 'STATE' && differ(one.countryCode3 ?? null, other.countryCode3 ?? null);
  const ofCountry = one.kind === 'STATE' && differ(one.countryCode, other.countryCode);
  return differ(one.wikidataId, other.wikidataId) || ofState || ofCountry;
}

function sharedCode(one: Comparable, other: Comparable): string | undefined {
  if (one.kind !== 'STATE') return undefined;
  if (one.countryCode3 !== null && one.countryCode3 === other.countryCode3) return one.countryCode3;
  return one.countryCode !== null && one.countryCode === other.countryCode ? one.countryCode : undefined;
}

const isElsewhere = (one: Comparable, other: Comparable) =>
  one.kind !== 'STATE' &&
  one.countryCode !== null &&
  other.countryCode !== null &&
  one.countryCode !== other.countryCode;

/** Returns the two names that are most alike; the first of several. */
function alikeNames(one: Comparable, other: Comparable): AlikeNames | undefined {
  let best: AlikeNames | undefined;
  for (const name of one.names) {
    for (const theirs of other.names) {
      const likeness = likenessOf(name, theirs, one.kind === 'PERSON');
      if (likeness && likeness.score > (best?.likeness.score ?? 0))
        best = { likeness, one: name, other: theirs };
    }
  }
  return best;
}
