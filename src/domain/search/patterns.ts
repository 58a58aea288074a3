import { ABBREVIATION, isAbbreviation, isInCapitals } from './analyse.js';
import { type Atom, atomsOf, joinedForm } from './atoms.js';
import { MAGNITUDES } from './numbers.js';
import { stemsIn, stemsInAnyLanguage } from './stem.js';
import { STOP_WORDS } from './stop-words.js';
import type { SearchUnit } from './text.js';

/** A place in a text: one of the terms is there, or one that begins with a prefix. */
export interface Step {
  readonly terms: readonly string[];
  readonly prefixes: readonly string[];
  /** The terms that stand for all forms of the word: matches are ranked by them. */
  readonly ranked: readonly string[];
  /** How many places after the step before it. */
  readonly after: number;
}

/** Places that follow one another. */
export type Pattern = readonly [Step, ...Step[]];

/** A word or phrase to search for: one of the patterns is in the text. */
export interface SoughtUnit {
  readonly patterns: readonly Pattern[];
  readonly isExcluded: boolean;
  /** The terms that matches are ranked by. */
  readonly ranked: readonly string[];
}

/**
 * Returns what the words and phrases of an alternative ask an index for, in the terms of {@link analyse}. Stop words are
 * left out unless there are no others.
 */
export function readUnits(units: readonly SearchUnit[], text: string): SoughtUnit[] {
  const isShouted = isInCapitals(text);
  const parsed = designations(units).map((unit) => ({ unit, atoms: atomsOf(unit.words) }));
  const read = parsed.filter(({ atoms }) => atoms.length > 0);
  const isTelling = ({ unit, atoms }: (typeof read)[number]) =>
    unit.isPrefix ||
    atoms.some(
      (atom) =>
        !isStopWord(atom, isShouted) || (atoms.length > 1 && atom.link !== 'SPACE' && atom.link !== 'APART'),
    );
  const telling = read.filter(isTelling);
  const used = telling.length > 0 ? telling : read;
  return used.map((one, index) => {
    const { unit, atoms } = one;
    const beside = [
      compoundOf(soleWord(used[index - 1]), soleWord(one)),
      compoundOf(soleWord(one), soleWord(used[index + 1])),
      pairOf(one),
      magnitudeOf(soleWord(used[index - 1]), soleWord(one)),
    ].flat();
    const compound: Pattern = [{ terms: beside, prefixes: [], ranked: beside, after: 0 }];
    const patterns = [...patternsOf(atoms, unit, isShouted), ...(beside.length > 0 ? [compound] : [])];
    return {
      patterns,
      isExcluded: unit.isExcluded,
      ranked: [...new Set(patterns.flatMap((steps) => steps.flatMap(({ ranked }) => ranked)))],
    };
  });
}

interface ReadUnit {
  readonly unit: SearchUnit;
  readonly atoms: readonly Atom[];
}

const isStopWord = (atom: Atom, isShouted: boolean) =>
  STOP_WORDS.has(atom.forms[0]) && (isShouted || !isAbbreviation(atom));

/** Short words before numbers that are no designations. */
const NO_HEADS = new Set(
  'ad bc bce ce cm co dc eu ft g gb gw iaea jan feb mar apr jun jul aug sep sept oct nov dec kg kgs kt kw km lb lbs mph mt mm mw nato nm no nos nr nrs pm pp prc rok rsd sq st th top two un uk uae us usa usd day days may page para vol year age aged all last next past ten'.split(
    ' ',
  ),
);

/**
 * Reads a short word and a number of at most three digits as one designation: `KN 11`, which is not what mentions KN-25
 * and 11 May. Of longer words, such as `Hwasong 15`, both are searched for anywhere.
 */
function designations(units: readonly SearchUnit[]): SearchUnit[] {
  const joined: SearchUnit[] = [];
  for (const unit of units) {
    const before = joined.at(-1);
    const isNumber = !unit.isPhrase && /^\d{1,3}\p{L}{0,3}$/u.test(unit.words);
    if (
      before &&
      isNumber &&
      !unit.isExcluded &&
      !before.isExcluded &&
      !before.isPhrase &&
      !before.isPrefix &&
      isHead(before.words)
    ) {
      joined[joined.length - 1] = {
        ...before,
        words: `${before.words}-${unit.words}`,
        isPrefix: unit.isPrefix,
      };
    } else joined.push(unit);
  }
  return joined;
}

function isHead(word: string): boolean {
  const small = word.toLowerCase();
  if (!/^\p{L}+$/u.test(word) || NO_HEADS.has(small) || (STOP_WORDS.has(small) && small.length > 1))
    return false;
  // `kn 11`, `tu 95`, and in capitals `ATACMS 2`.
  return word.length <= 2 || (word.length <= 4 && (word === word.toUpperCase() || !/[aeiouy]/i.test(word)));
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

/** Returns the word for an abbreviation after a number: `bn` is a billion. */
function magnitudeOf(before: Atom | undefined, atom: Atom | undefined): string[] {
  const word = before?.kind === 'NUMBER' ? MAGNITUDES.get(atom?.forms[0] ?? '') : undefined;
  return word === undefined ? [] : [word];
}

/** Returns the terms of a quoted phrase of two words as one. */
function pairOf({ unit, atoms: [first, last, more] }: ReadUnit): string[] {
  const areWords = first?.kind === 'WORD' && last?.kind === 'WORD' && last.link === 'SPACE';
  return unit.isPhrase && !unit.isPrefix && areWords && !more ? compoundOf(first, last) : [];
}

function soleWord(read: ReadUnit | undefined): Atom | undefined {
  if (!read || read.unit.isExcluded || read.unit.isPrefix || read.unit.isPhrase) return undefined;
  const [only, ...others] = read.atoms;
  const isShort = only?.kind === 'WORD' && only.forms[0].length < 2;
  return only && others.length === 0 && only.kind !== 'CHARACTERS' && !isShort ? only : undefined;
}

function patternsOf(atoms: readonly Atom[], { isPrefix }: SearchUnit, isShouted: boolean): Pattern[] {
  const together = joinedSteps(atoms, isPrefix, isShouted);
  // A prefix of one letter or digit would match most words.
  const isWide = isPrefix && together.length > 0 && (atoms.at(-1)?.forms[0].length ?? 0) < 2;
  const apart = isWide ? [] : stepsOf(atoms, isPrefix, isShouted);
  const prose = isPrefix ? [] : stepsInProse(atoms, isShouted);
  return [apart, together, prose].flatMap((steps) => (isPattern(steps) ? [steps] : []));
}

const isPattern = (steps: readonly Step[]): steps is Pattern => steps.length > 0;

/** Returns a step for each atom. Stop words that stand alone keep their places, because prose is indexed without them. */
function stepsOf(atoms: readonly Atom[], isPrefix: boolean, isShouted: boolean): Step[] {
  const standsAlone = (index: number) =>
    ['SPACE', 'APART'].includes(atoms[index]?.link ?? '') &&
    ['SPACE', 'APART', undefined].includes(atoms[index + 1]?.link);
  const kept = atoms.filter((atom, index) => !(standsAlone(index) && isStopWord(atom, isShouted)));
  const used = kept.length > 0 || isPrefix ? kept : atoms;
  const steps: (Omit<Step, 'after'> & { readonly at: number })[] = [];
  for (const atom of used.length > 0 ? used : atoms) {
    const isLast = isPrefix && atom === atoms.at(-1);
    if (atom.kind === 'CHARACTERS') {
      const characters = [...atom.forms[0]];
      const [only = ''] = characters;
      if (characters.length === 1)
        steps.push({ at: atom.at, terms: [only], prefixes: [only], ranked: [only] });
      for (const [index, next] of characters.slice(1).entries()) {
        const pair = [`${characters[index]}${next}`];
        steps.push({ at: atom.at + index, terms: pair, prefixes: [], ranked: pair });
      }
    } else {
      const { terms, ranked } = termsOf(atom, isShouted);
      const magnitude = magnitudeOf(atoms[atoms.indexOf(atom) - 1], atom);
      const prefixes = isLast ? [atom.forms[0]] : [];
      steps.push({ at: atom.at, terms: [...terms, ...magnitude], ranked, prefixes });
    }
  }
  return steps.map(({ at, ...step }, index) => ({
    ...step,
    after: index === 0 ? 0 : at - (steps[index - 1]?.at ?? 0),
  }));
}

/**
 * Returns the steps of a compound of three words or more without its stop words, which prose is indexed without:
 * `no-first-use`. None if fewer than two words remain.
 */
function stepsInProse(atoms: readonly Atom[], isShouted: boolean): Step[] {
  const isCompound = atoms.every(
    ({ kind, link }, index) => kind === 'WORD' && (index === 0 || link === 'HYPHEN'),
  );
  const telling = atoms.filter((atom) => !isStopWord(atom, isShouted));
  return isCompound && telling.length > 1 && telling.length < atoms.length
    ? stepsOf(telling, false, isShouted)
    : [];
}

function termsOf(atom: Atom, isShouted: boolean): Pick<Step, 'terms' | 'ranked'> {
  if (atom.kind === 'NUMBER') return { terms: atom.forms, ranked: atom.forms };
  const abbreviation = [`${ABBREVIATION}${atom.forms[0]}`];
  if (isAbbreviation(atom) && (!isShouted || atom.hasPoints)) {
    return { terms: abbreviation, ranked: abbreviation };
  }
  const stems = stemsInAnyLanguage(atom.written);
  // Typed in small letters, or all in capitals: the case says nothing.
  const either = isAbbreviation({ ...atom, hasPoints: true }) ? abbreviation : [];
  return {
    terms: [...new Set([...atom.forms, ...stems, ...either])],
    ranked: stems.length > 0 ? [...stems, ...either] : atom.forms,
  };
}

/** Returns the steps with each run of tight atoms as one term; none if there is no such run. */
function joinedSteps(atoms: readonly Atom[], isPrefix: boolean, isShouted: boolean): Step[] {
  const steps: Step[] = [];
  let isJoined = false;
  for (let index = 0; index < atoms.length; ) {
    const run = runFrom(atoms, index);
    const [first] = run;
    if (!first) break;
    index += run.length;
    const isLast = isPrefix && index === atoms.length;
    if (run.length === 1) {
      const before = atoms[index - 2];
      const [own] = stepsOf([first], isLast, isShouted);
      if (first.kind === 'CHARACTERS' || !own) return [];
      steps.push({ ...own, after: before ? 1 : 0 });
      continue;
    }
    isJoined = true;
    const joined = joinedForm(run);
    const isCompound = run.every(({ kind }) => kind === 'WORD');
    const written = run.map((atom) => atom.written).join('');
    const stems = isCompound ? stemsInAnyLanguage(written) : [];
    steps.push({
      terms: [...new Set([joined, ...stems])],
      prefixes: isLast ? [joined] : [],
      ranked: stems.length > 0 ? stems : [joined],
      after: steps.length === 0 ? 0 : 1,
    });
  }
  return isJoined ? steps : [];
}

/** Returns the atoms that an index joins, beginning with one. */
function runFrom(atoms: readonly Atom[], index: number): readonly Atom[] {
  let end = index + 1;
  for (; end < atoms.length; end += 1) {
    const [before, atom] = [atoms[end - 1], atoms[end]];
    const isTight = atom?.link === 'GLUED' || atom?.link === 'HYPHEN';
    const areDigits = before?.kind === 'NUMBER' && atom?.kind === 'NUMBER';
    if (!isTight || areDigits || before?.kind === 'CHARACTERS' || atom?.kind === 'CHARACTERS') break;
  }
  return atoms.slice(index, end);
}
