import type { NameToken } from './name-tokens.js';
import { HONORIFICS, OFFICE_HEADS, ORGANISATION_HEADS } from './offices.js';

/** Heads of names that a state or capital begins without being meant: `The Washington Post`, `Georgia Institute of …`. */
const HEADS = new Set(
  `post times tribune herald journal review gazette institute university college foundation forum academy
  laboratory school museum association society group street avenue square airport river`.split(/\s+/),
);
/** What `Washington State` is, and `State Department` is not. */
const REGIONS = new Set(['state', 'province', 'county']);
/** States that are first names of people too. */
const FIRST_NAMES = new Set(['chad', 'georgia', 'jordan', 'israel']);
const WATERS = new Set(['lake', 'river', 'озеро', 'озера', 'озере', 'озеру', 'река', 'реки']);
/** The most words between the state and the head of the other name. */
const MAX_LENGTH = 4;

/** Whether the name of a state or its capital is a part of another name: of a paper, an institute, a lake or a person. */
export function isInsideOtherName(tokens: readonly NameToken[], at: number, length: number): boolean {
  const [first, before] = [tokens[at], tokens[at - 1]];
  if (!first) return false;
  if (before && isBlank(first.gap) && WATERS.has(before.folded)) return true;
  if (first.folded === 'georgia' && isStateOfUnitedStates(tokens, at)) return true;
  const next = wordsBehind(tokens, at + length);
  const [nearest, second] = next;
  if (!nearest) return false;
  if (next.some(({ folded }) => HEADS.has(folded))) return true;
  if (REGIONS.has(nearest.folded) && second === undefined) return true;
  const isName = FIRST_NAMES.has(first.folded) && length === 1 && /\p{Ll}/u.test(first.written);
  return isName && next.length === 1 && !isOffice(nearest);
}

/** The capitalised words that follow, without a sign between them. */
function wordsBehind(tokens: readonly NameToken[], from: number): NameToken[] {
  const words: NameToken[] = [];
  for (const token of tokens.slice(from, from + MAX_LENGTH)) {
    if (!isBlank(token.gap) || !/^\p{Lu}\p{Ll}/u.test(token.written)) break;
    words.push(token);
  }
  return words;
}

const isOffice = ({ folded }: NameToken) =>
  OFFICE_HEADS.has(folded) || HONORIFICS.has(folded) || ORGANISATION_HEADS.has(folded);

const isBlank = (gap: string) => /^[ \u00a0]$/.test(gap);

/** `the US state of Georgia` */
function isStateOfUnitedStates(tokens: readonly NameToken[], at: number): boolean {
  const [state, of] = [tokens[at - 2], tokens[at - 1]];
  return (
    of?.folded === 'of' &&
    state?.folded === 'state' &&
    ['us', 's', 'american'].includes(tokens[at - 3]?.folded ?? '')
  );
}

const MONTHS = new Set(['march', 'april', 'may', 'june', 'july', 'august']);
const BEFORE_MONTHS = new Set(
  'in by until till since of from to early late mid last next this during before after through'.split(' '),
);

/** Whether a surname is a month here: `in May`, `4 May`, `May 2031`. */
export function isMonth(tokens: readonly NameToken[], at: number): boolean {
  const [first, before, after] = [tokens[at], tokens[at - 1], tokens[at + 1]];
  if (!first || !MONTHS.has(first.folded)) return false;
  const isNumber = (token: NameToken | undefined) => token !== undefined && /^\d+/.test(token.written);
  if (before && /^[ \u00a0-]$/.test(first.gap) && (BEFORE_MONTHS.has(before.folded) || isNumber(before)))
    return true;
  return after !== undefined && isBlank(after.gap) && isNumber(after);
}
