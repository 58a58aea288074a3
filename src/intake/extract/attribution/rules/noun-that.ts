import type { Item } from '../../text/items.js';
import { contentEnd } from '../content.js';
import type { Lexicon } from '../lexicon.js';
import type { Found } from './found.js';

/** The most words between a genitive and its noun: `the ministry's repeated public claim that`. */
const MAX_BETWEEN = 4;

/** `his claim that …`, `the ministry's assertion that …`: words or a belief behind a noun. */
export function readNounThat(items: readonly Item[], at: number, lexicon: Lexicon): Found | undefined {
  if (!NOUNS.has(items[at]?.lower ?? '') || items[at + 1]?.lower !== 'that') return undefined;
  const to = contentEnd(items, at + 1, lexicon);
  if (to <= at + 2) return undefined;
  const source = ownerBefore(items, at);
  // `The claim that he left surprised them`: nothing says where the clause ends.
  if ((source?.from ?? at - 1) < 2) return undefined;
  return {
    contents: [{ from: at + 1, to }],
    cue: { from: at, to: at + 1 },
    source,
    // `He repeated the claim that …`
    isShared: source === null,
    rule: 'noun-that',
    rank: 2,
    isDenial: false,
    isStance: true,
  };
}

const NOUNS = new Set(
  `accusation accusations admission allegation allegations announcement argument arguments assertion assertions assumption
  assurance assurances belief beliefs claim claims complaint complaints conclusion confidence contention
  criticism declaration denial fear fears hope hopes hypothesis impression insistence notion opinion prediction
  predictions promise promises  speculation statement statements suggestion suggestions suspicion theory view
  vow warning warnings concern concerns sense rumor rumors`.split(/\s+/),
);

const PRONOUNS = new Set(['his', 'her', 'their', 'my', 'our', 'your']);

/** The one whose words they are. Null if the text does not say. */
function ownerBefore(items: readonly Item[], at: number) {
  for (let from = at - 1; from >= Math.max(0, at - MAX_BETWEEN); from -= 1) {
    const item = items[from];
    if (item?.type !== 'WORD') return null;
    if (PRONOUNS.has(item.lower)) return { from, to: from + 1 };
    if (!/['’]s?$/.test(item.lower)) continue;
    let first = from;
    while (first > 0 && items[first - 1]?.type === 'WORD' && items[first - 1]?.isCapitalised) first -= 1;
    return { from: first, to: from + 1 };
  }
  return null;
}
