import { STOP_WORDS } from '../words/stop-words.js';
import { inDigits, isDesignation, nauticalMiles, scaleOf, signStems, unitStems } from './amounts.js';
import { type Atom, joinedForm } from './atoms.js';
import { latinDesignations } from './latin-designations.js';
import { sharedParts } from './shared-parts.js';

/** Takes a term, without making an object of it. */
export type TakeTerm = (text: string, at: number, start: number, end: number) => void;

/** Takes designations that share a part with the one before a slash. */
export function takeShared(text: string, atoms: readonly Atom[], index: number, take: TakeTerm): void {
  const atom = atoms[index] as Atom;
  for (const parts of sharedParts(text, atoms, index)) {
    const [first] = parts;
    const isNear = first !== undefined && first.end + 3 >= atom.start;
    takeDesignation(parts, { at: atom.at, start: isNear ? first.start : atom.start }, take);
  }
}

/** Takes parts as one term, and as written in Latin letters. */
export function takeDesignation(
  parts: readonly Atom[],
  { at, start }: Pick<Atom, 'at' | 'start'>,
  take: TakeTerm,
): void {
  const joined = joinedForm(parts);
  const end = parts.at(-1)?.end ?? start;
  if (joined === '') return;
  take(joined, at, start, end);
  for (const form of latinDesignations(joined, parts)) take(form, at, start, end);
}

/** Takes what a number says in other words: all its digits with a scale, its unit, and the signs beside it. */
export function takeAmount(text: string, atoms: readonly Atom[], index: number, take: TakeTerm): void {
  const atom = atoms[index] as Atom;
  const next = atoms[index + 1];
  for (const stem of signStems(text, atom)) take(stem, atom.at, atom.start, atom.end);
  // The scale of a range is that of both its ends: `$5-10m`.
  const last = next?.kind === 'NUMBER' && next.link === 'HYPHEN' ? index + 1 : index;
  const scale = scaleOf(text, atoms, last);
  if (scale === undefined) return;
  const end = atoms[last + 1]?.end ?? atom.end;
  for (const form of atom.forms) take(inDigits(form, scale.zeros), atom.at, atom.start, end);
}

/** Takes the word that an abbreviation after a number stands for. */
export function takeUnit(text: string, atoms: readonly Atom[], index: number, take: TakeTerm): void {
  const atom = atoms[index] as Atom;
  const { forms, at, start, end, link } = atom;
  const scale = scaleOf(text, atoms, index - 1);
  if (scale !== undefined && scale.word !== forms[0]) take(scale.word, at, start, end);
  if (scale !== undefined || link === 'SIGN' || link === 'APART' || isDesignation(atoms, index - 1)) return;
  for (const stem of unitStems(forms[0])) take(stem, at, start, end);
  for (const [stem, place] of nauticalMiles(atom, atoms[index + 1])) take(stem, at + place, start, end);
}

/** Takes names of two or three words before a number as one, as `Taepodong-2` for `Taepo Dong 2`. */
export function takeNameApart(atoms: readonly Atom[], index: number, take: TakeTerm): void {
  for (const words of [2, 3]) {
    const parts = atoms.slice(index, index + words + 1);
    if (parts.length > words && isNameApart(parts)) takeName(parts, take);
  }
}

function takeName(parts: readonly Atom[], take: TakeTerm): void {
  const [first] = parts;
  const name = parts.slice(0, -1);
  if (!first) return;
  if (name.some(({ link }, index) => index > 0 && link === 'SPACE')) {
    take(joinedForm(name), first.at, first.start, name.at(-1)?.end ?? first.end);
  }
  takeDesignation(parts, first, take);
  const roman = romanNumber(parts.at(-1));
  if (roman !== undefined) {
    take(`${joinedForm(name)}${roman}`, first.at, first.start, parts.at(-1)?.end ?? first.end);
  }
}

/** Whether words are written in capitals before a short number: a name such as `Taepo Dong 2`, or title case. */
function isNameApart(parts: readonly Atom[]): boolean {
  const number = parts.at(-1);
  if (!number || !isNext(number) || !isShortNumber(number)) return false;
  return parts
    .slice(0, -1)
    .every(
      (word, index) =>
        word.kind === 'WORD' &&
        (index === 0 || isNext(word)) &&
        ((index > 0 && word.link === 'HYPHEN') || CAPITALISED.test(word.written)),
    );
}

const isShortNumber = (atom: Atom) =>
  atom.kind === 'NUMBER' ? /^\d{1,3}$/.test(atom.forms[0]) : romanNumber(atom) !== undefined;

/** Takes a name and a Roman number with the number in digits: `trident2` for `Trident II`. */
export function takeRoman(atoms: readonly Atom[], index: number, take: TakeTerm): void {
  const [name, atom] = [atoms[index - 1], atoms[index]];
  const number = romanNumber(atom) ?? (isNumberOne(atoms, index) ? 1 : undefined);
  if (!name || !atom || number === undefined || name.kind !== 'WORD' || !isNext(atom)) return;
  if (CAPITALISED.test(name.written)) take(`${name.forms[0]}${number}`, name.at, name.start, atom.end);
}

const ROMAN: ReadonlyMap<string, number> = new Map(
  ['II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'].map((written, index) => [written, index + 2]),
);

/** Returns the value of a Roman number above one; undefined for other words. */
export const romanNumber = (atom: Atom | undefined): number | undefined =>
  atom?.kind === 'WORD' ? ROMAN.get(atom.written) : undefined;

/** Capitalised words before the pronoun `I` more often than before a number. */
const NO_NAMES = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august ' +
    'september october november december today yesterday tomorrow now'
  ).split(' '),
);

/** Whether a word is the number one after a name, and not the pronoun: `SALT I`, `Agni-I`, and `the Agni I` in a sentence. */
function isNumberOne(atoms: readonly Atom[], index: number): boolean {
  const [name, atom] = [atoms[index - 1], atoms[index]];
  if (atom?.written !== 'I' || atom.hasPoints || name?.kind !== 'WORD') return false;
  if (STOP_WORDS.has(name.forms[0]) || NO_NAMES.has(name.forms[0])) return false;
  if (atom.link === 'HYPHEN' || /^\p{Lu}{2,}$/u.test(name.written)) return true;
  return index > 1 && name.link === 'SPACE';
}

export const CAPITALISED = /^\p{Lu}/u;
const isNext = ({ link }: Atom) => link === 'SPACE' || link === 'HYPHEN';
