import { fold } from '../fold.js';
import { stemsIn } from '../words/stem.js';
import type { Atom } from './atoms.js';

/** Words and abbreviations for large numbers, by their number of zeros. */
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    3: 'thousand тыс тысяч тысяча тысячи тисяч тисяча тисячі',
    6: 'million millions mln mn mio millionen millones milioni milhões millioner миллион миллиона миллионов млн мільйон мільйона мільйонів',
    9: 'billion billions bn bln milliard milliards milliarde milliarden mrd миллиард миллиарда миллиардов млрд мільярд мільярда мільярдів',
    12: 'trillion trillions tn trn триллион триллиона триллионов трлн',
  }).flatMap(([zeros, words]) =>
    words.split(' ').map((word): [string, number] => [fold(word), Number(zeros)]),
  ),
);

/** Letters that stand for large numbers after an amount of money: `$10m`. */
const MONEY_SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['m', 6],
  ['mm', 6],
  ['b', 9],
  ['t', 12],
]);

const SCALE_WORDS: ReadonlyMap<number, string> = new Map([
  [3, 'thousand'],
  [6, 'million'],
  [9, 'billion'],
  [12, 'trillion'],
]);

/** The words for abbreviations of units after numbers. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cm: 'centimeter',
    ft: 'foot',
    gw: 'gigawatt',
    hr: 'hour',
    hrs: 'hour',
    kg: 'kilogram',
    km: 'kilometer',
    kt: 'kiloton',
    kw: 'kilowatt',
    lb: 'pound',
    lbs: 'pound',
    m: 'meter',
    mi: 'mile',
    mm: 'millimeter',
    mt: 'megaton',
    mw: 'megawatt',
    t: 'ton',
  }),
);

/** The term of nautical miles after a number, however they are written. */
const NAUTICAL_MILE = 'nmi';
const NAUTICAL_MILES: ReadonlySet<string> = new Set(['nm', NAUTICAL_MILE]);

const CURRENCIES: ReadonlySet<string> = new Set(
  `aud cad chf cny dkk dollar dollars eur euro euros gbp hryvnia hryvnias inr jpy krw nok nzd pln pound pounds rouble roubles rub ruble rubles rupee
  rupees sek uah usd won yen yuan`.split(/\s+/),
);

/** Signs beside a number, and the words for them. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    $: 'dollar',
    '£': 'pound',
    '¥': 'yen',
    '€': 'euro',
    '₩': 'won',
    '₴': 'hryvnia',
    '₹': 'rupee',
    '₽': 'ruble',
  }),
);

/** The words beside a number that is searched for on its own. */
export interface Beside {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a word after a number says about it. */
export interface Scale {
  readonly zeros: number;
  /** `billion` for `bn`. */
  readonly word: string;
}

/** Returns the scale of a number by the word after it; undefined if there is none. */
export function scaleOf(
  text: string,
  atoms: readonly Atom[],
  index: number,
  beside?: Beside,
): Scale | undefined {
  const next = atoms[index + 1];
  if (
    atoms[index]?.kind !== 'NUMBER' ||
    next?.kind !== 'WORD' ||
    next.link === 'SIGN' ||
    next.link === 'APART' ||
    isDesignation(atoms, index)
  )
    return undefined;
  const [form] = next.forms;
  const isShort = form.length <= 2 && MONEY_SCALES.has(form);
  const zeros =
    SCALES.get(form) ??
    (isShort && ((form === 'k' && next.link === 'GLUED') || isMoney(text, atoms, index, beside))
      ? MONEY_SCALES.get(form)
      : undefined);
  return zeros === undefined ? undefined : { zeros, word: SCALE_WORDS.get(zeros) ?? form };
}

/**
 * Returns whether a number and the letters after it belong to a designation, so that they are no amount: `9M729`,
 * `MiG-29K`.
 */
export function isDesignation(atoms: readonly Atom[], index: number): boolean {
  const [number, letters, after] = [atoms[index], atoms[index + 1], atoms[index + 2]];
  if (number?.kind !== 'NUMBER' || letters?.kind !== 'WORD' || letters.link !== 'GLUED') return false;
  // `10m2` is an area.
  const isNumbered = after?.kind === 'NUMBER' && after.link === 'GLUED' && !/^[23]$/.test(after.written);
  if (isNumbered && /^\p{L}$/u.test(letters.written)) return true;
  return /^\p{Lu}{1,2}$/u.test(letters.written) && isNamed(atoms, index);
}

/** Whether a number is joined to a name before it: `MiG-29`, but not `sub-500`, `EUR10` or the end of `100K-200K`. */
function isNamed(atoms: readonly Atom[], index: number): boolean {
  const [before, name, number] = [atoms[index - 2], atoms[index - 1], atoms[index]];
  if (name?.kind !== 'WORD' || !/\p{Lu}/u.test(name.written) || CURRENCIES.has(name.forms[0])) return false;
  if (number?.link === 'GLUED') return true;
  return number?.link === 'HYPHEN' && !(before?.kind === 'NUMBER' && name.link === 'GLUED');
}

function isMoney(text: string, atoms: readonly Atom[], index: number, beside?: Beside): boolean {
  const before = atoms[index - 1]?.forms[0] ?? beside?.before;
  const after = atoms[index + 2]?.forms[0] ?? beside?.after;
  const number = atoms[index];
  const range = number?.link === 'HYPHEN' ? atoms[index - 1] : undefined;
  return (
    SIGNS.has(signBefore(text, number)) ||
    (range?.kind === 'NUMBER' && SIGNS.has(signBefore(text, range))) ||
    (before !== undefined && CURRENCIES.has(before)) ||
    (after !== undefined && CURRENCIES.has(after))
  );
}

const signBefore = (text: string, atom: Atom | undefined) => text[(atom?.start ?? 0) - 1] ?? '';

/** Returns what is left of a number with all its digits: `1.5` and six zeros are `1500000`. */
export function inDigits(number: string, zeros: number): string {
  const [integer = '', fraction = ''] = number.split('.');
  const moved = fraction.padEnd(zeros, '0');
  const digits = `${integer}${moved.slice(0, zeros)}`.replace(/^0+(?=\d)/, '');
  const rest = moved.slice(zeros);
  return (rest === '' ? digits : `${digits}.${rest}`).slice(0, 600);
}

/** Returns the stems of the unit or scale that an abbreviation after a number stands for: `km`, `bn`. */
export function unitStems(word: string): readonly string[] {
  if (NAUTICAL_MILES.has(word)) return [NAUTICAL_MILE];
  const unit = UNITS.get(word);
  return unit === undefined ? [] : stemsIn('en', unit);
}

/** Returns the terms of nautical miles after a number, and how many words behind its place they are. */
export function nauticalMiles(word: Atom, next: Atom | undefined): readonly (readonly [string, number])[] {
  const [form] = word.forms;
  if (form === 'nautical') {
    const isMile = next !== undefined && /^miles?$/.test(next.forms[0]) && next.link !== 'APART';
    return isMile ? [[NAUTICAL_MILE, 0]] : [];
  }
  if (!NAUTICAL_MILES.has(form)) return [];
  return ['nautical', 'mile'].flatMap((one, place) =>
    stemsIn('en', one).map((stem): [string, number] => [stem, place]),
  );
}

/** Returns the stems of the words for the signs beside a number: `$` and `%`. */
export function signStems(text: string, { start, end }: Atom): readonly string[] {
  const after = /^[ \u00a0\u202f]?%/.test(text.slice(end, end + 2)) ? ['percent'] : [];
  const before = SIGNS.get(text[start - 1] ?? '');
  return [...(before === undefined ? [] : [before]), ...after].flatMap((word) => stemsIn('en', word));
}
