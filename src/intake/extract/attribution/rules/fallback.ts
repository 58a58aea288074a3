import type { Item } from '../../text/items.js';
import { DASHES, isSign, type Range } from '../clause.js';
import { endsWithSign } from '../content.js';
import type { Lexicon } from '../lexicon.js';
import type { Found } from './found.js';

/** The fewest words of a quotation that is somebody's speech rather than a title, a nickname or scare quotes. */
const MIN_WORDS = 4;

/** Attributes quotations without a verb of saying to the subject of the sentence: `“Build it!” the crowd roared.` */
export function readLeftOver(items: readonly Item[], found: readonly Found[], lexicon: Lexicon): Found[] {
  const isTaken = (at: number) =>
    found.some(({ contents }) => contents.some(({ from, to }) => from <= at && at < to));
  const own: Found[] = [];
  for (const [at, item] of items.entries()) {
    if (item.type !== 'QUOTATION' || isTaken(at)) continue;
    const one = before(items, at, item) ?? after(items, at, item, lexicon);
    if (one) own.push(one);
  }
  return own;
}

/** A quotation that opens a sentence and ends with a comma, with its speaker behind it. */
function before(items: readonly Item[], at: number, item: Item): Found | undefined {
  if (at !== 0 || !endsWithSign(item)) return undefined;
  const from = isSign(items[1], `,${DASHES}`) ? 2 : 1;
  let to = from;
  while (items[to]?.type === 'WORD' && to - from < 3) to += 1;
  if (to === from || !item.text.replace(/[^\p{L}\s]/gu, '').trim()) return undefined;
  return leftOver(at, { from, to }, 'quote-then-somebody');
}

/** A quotation behind a colon or a comma, with its speaker before it. */
function after(items: readonly Item[], at: number, item: Item, lexicon: Lexicon): Found | undefined {
  const sign = items[at - 1];
  const isIntroduced = isSign(sign, ':') || (isSign(sign, ',') && startsLikeSentence(item));
  if (!isIntroduced || wordsIn(item) < MIN_WORDS) return undefined;
  return leftOver(at, mainSubject(items, at - 1, lexicon), 'somebody-then-quote');
}

const leftOver = (at: number, source: Range | null, rule: string): Found => ({
  contents: [{ from: at, to: at + 1 }],
  cue: { from: at, to: at },
  source,
  isShared: false,
  rule,
  rank: 3,
  isDenial: false,
  isStance: false,
});

const startsLikeSentence = ({ quotation, text, start }: Item) =>
  /^\p{Lu}/u.test(text.slice((quotation?.inner.start ?? start) - start));
const wordsIn = ({ text }: Item) => text.split(/\s+/).length;

/** The words before the first verb of the main clause, or null. */
export function mainSubject(items: readonly Item[], before: number, lexicon: Lexicon): Range | null {
  let from = 0;
  while (items[from]?.type === 'SIGN') from += 1;
  const first = items[from];
  // `On Tuesday, the minister …`: the subject is behind the comma.
  if (
    first &&
    (lexicon.circumstances.has(first.lower) ||
      lexicon.boundaries.has(first.lower) ||
      /ing$/.test(first.lower))
  ) {
    const comma = items.findIndex((item, at) => at > from && at < before - 1 && isSign(item, ','));
    if (comma !== -1) from = comma + 1;
  }
  let to = from;
  while (to < before && to - from < 8 && !isVerbLike(items[to], lexicon, to > from)) to += 1;
  return to > from ? { from, to } : null;
}

function isVerbLike(item: Item | undefined, lexicon: Lexicon, isBehindFirst: boolean): boolean {
  if (!item || item.type === 'QUOTATION' || isSign(item, `,:;()${DASHES}`)) return true;
  if (!isBehindFirst || item.isCapitalised) return false;
  if (
    lexicon.relatives.has(item.lower) ||
    lexicon.fillers.has(item.lower) ||
    lexicon.auxiliaries.has(item.lower)
  )
    return true;
  return (
    /[^e]ed$/.test(item.lower) || (lexicon.verbs.has(item.lower) && !lexicon.verbs.get(item.lower)?.isNoun)
  );
}
