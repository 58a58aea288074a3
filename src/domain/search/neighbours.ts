import { inDigits, scaleOf, unitStems } from './terms/amounts.js';
import { type Atom, joinedForm } from './terms/atoms.js';
import { CAPITALISED, romanNumber } from './terms/further-terms.js';
import type { SearchUnit } from './text.js';
import { stemsIn } from './words/stem.js';
import { COMPOUND_HEADS } from './words/stop-words.js';

/** A word or phrase of a search text, with its parts. */
export interface ReadUnit {
  readonly unit: SearchUnit;
  readonly atoms: readonly Atom[];
}

/**
 * Returns the terms that stand for a unit together with those beside it: `ceasefire` for `cease fire`, `5500` for `5 500`,
 * `1500000000` for `1.5 billion`, `taepodong2` for `Taepo Dong-2`.
 *
 * @param head A stop word before it that is not searched for itself: `over flight`.
 */
export function termsBeside(
  units: readonly ReadUnit[],
  index: number,
  head: ReadUnit | undefined,
): readonly string[] {
  const one = units[index];
  const after = units[index + 1];
  if (!one) return [];
  const before = head ?? units[index - 1];
  const [first, word, next] = [before, one, after].map(soleWord);
  return [
    compoundOf(first, word),
    compoundOf(word, next),
    pairOf(one),
    nameOf(first, one),
    after ? nameOf(word, after) : [],
    ...[index - 2, index - 1, index].map((from) => nameOfThree(units.slice(Math.max(from, 0), from + 3))),
    numberedOf(first, word ?? soleRoman(one)),
    numberedOf(word, next ?? soleRoman(after)),
    ownNumbered(one),
    amountOf(first, word),
    amountOf(word, next),
    writtenOut(first, word),
    ownAmount(first, one, next),
  ].flat();
}

/** Whether a stop word is also the first part of compounds: `over flight`, `No Dong`. */
export function isHeadOfCompound(read: ReadUnit): boolean {
  const form = soleWord(read)?.forms[0];
  return form !== undefined && (form === 'no' || COMPOUND_HEADS.has(form));
}

/** Returns the terms of two words as one: `cease fire` finds ceasefire. */
function compoundOf(first: Atom | undefined, last: Atom | undefined): string[] {
  if (first === undefined || last === undefined) return [];
  const joined = joinedForm([first, last]);
  if (first.kind === 'NUMBER' || last.kind === 'NUMBER') {
    return /^\d{1,3}$/.test(first.forms[0]) && /^\d{3}$/.test(last.forms[0]) ? [joined] : [];
  }
  return [...new Set([joined, ...stemsIn(undefined, joined)])];
}

/** Returns the terms of a quoted phrase of two words as one. */
function pairOf({ unit, atoms: [first, last, more] }: ReadUnit): string[] {
  const areWords = first?.kind === 'WORD' && last?.kind === 'WORD' && last.link === 'SPACE';
  return unit.isPhrase && !unit.isPrefix && areWords && !more ? compoundOf(first, last) : [];
}

/** Returns the term of a word and a designation: `Un Ha-3` finds Unha-3. */
function nameOf(first: Atom | undefined, { unit, atoms }: ReadUnit): string[] {
  const [word, number, more] = atoms;
  const isNumbered = word?.kind === 'WORD' && number?.kind === 'NUMBER' && number.link !== 'SPACE' && !more;
  if (first?.kind !== 'WORD' || !isNumbered || unit.isPhrase || unit.isPrefix || unit.isExcluded) return [];
  return [joinedForm([first, word, number])];
}

/** Returns the term of a name and a number, which a text can have in Roman digits: `Agni 5` and `Agni V`. */
function numberedOf(name: Atom | undefined, number: Atom | undefined): string[] {
  const digits = number?.kind === 'NUMBER' ? number.forms[0] : romanNumber(number);
  if (name?.kind !== 'WORD' || digits === undefined || !/^\d{1,4}$/.test(`${digits}`)) return [];
  return [`${name.forms[0]}${digits}`];
}

/** Returns the term of a designation such as `Agni-V`, or of `"SALT 1"` in quotes, which a text can have as `SALT I`. */
function ownNumbered({ unit, atoms: [name, number, more] }: ReadUnit): string[] {
  const isNumbered = romanNumber(number) !== undefined || (unit.isPhrase && number?.link === 'SPACE');
  return more || unit.isPrefix || !isNumbered ? [] : numberedOf(name, number);
}

/** Returns a name of three words as one: `Kwang Myong Song 4` finds Kwangmyongsong-4. */
function nameOfThree(units: readonly ReadUnit[]): string[] {
  const words = units.map(soleWord).filter((word) => word?.kind === 'WORD' && CAPITALISED.test(word.written));
  return words.length === 3 ? [joinedForm(words as Atom[])] : [];
}

/** Returns a number and the scale after it as one number. */
function amountOf(number: Atom | undefined, word: Atom | undefined): string[] {
  if (number?.kind !== 'NUMBER' || word?.kind !== 'WORD') return [];
  const scale = scaleOf('', [number, { ...word, link: 'SPACE' }], 0);
  return scale === undefined ? [] : number.forms.map((form) => inDigits(form, scale.zeros));
}

/** Returns the words for an abbreviation after a number: `bn`, `km`. */
function writtenOut(number: Atom | undefined, word: Atom | undefined): readonly string[] {
  if (number?.kind !== 'NUMBER' || word?.kind !== 'WORD') return [];
  const scale = scaleOf('', [number, { ...word, link: 'SPACE' }], 0);
  return scale === undefined ? unitStems(word.forms[0]) : [scale.word];
}

/** Returns the number that a unit such as `$10m` or `"1.5 billion"` stands for, in digits. */
function ownAmount(before: Atom | undefined, { unit, atoms }: ReadUnit, after: Atom | undefined): string[] {
  const [number] = atoms;
  if (number === undefined || atoms.length !== 2 || unit.isPrefix) return [];
  const beside = { before: before?.forms[0], after: after?.forms[0] };
  const scale = scaleOf(unit.words, atoms, 0, beside);
  return scale === undefined ? [] : number.forms.map((form) => inDigits(form, scale.zeros));
}

function soleWord(read: ReadUnit | undefined): Atom | undefined {
  if (!read || read.unit.isExcluded || read.unit.isPrefix || read.unit.isPhrase) return undefined;
  const [only, ...others] = read.atoms;
  const isShort = only?.kind === 'WORD' && only.forms[0].length < 2;
  return only && others.length === 0 && only.kind !== 'CHARACTERS' && !isShort ? only : undefined;
}

/** Returns the Roman number that a unit is. It can be a single letter: `Agni V`. */
function soleRoman(read: ReadUnit | undefined): Atom | undefined {
  if (!read || read.unit.isExcluded || read.unit.isPrefix || read.unit.isPhrase) return undefined;
  const [only, more] = read.atoms;
  return !more && romanNumber(only) !== undefined ? only : undefined;
}
