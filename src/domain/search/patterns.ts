import { ABBREVIATION, isAbbreviation, isInCapitals } from './analyse.js';
import { isHeadOfCompound, termsBeside } from './neighbours.js';
import { designations } from './query-designations.js';
import { isDesignation, scaleOf, unitStems } from './terms/amounts.js';
import { type Atom, atomsOf, joinedForm } from './terms/atoms.js';
import { latinDesignations, otherKh } from './terms/latin-designations.js';
import { withoutSecondLetter } from './terms/shared-parts.js';
import type { SearchUnit } from './text.js';
import { stemsInAnyLanguage } from './words/stem.js';
import { STOP_WORDS } from './words/stop-words.js';

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
    const left = read[read.indexOf(one) - 1];
    const head = left && left !== used[index - 1] && isHeadOfCompound(left) ? left : undefined;
    const beside = [...new Set(termsBeside(used, index, head))];
    const compound: Pattern = [{ terms: beside, prefixes: [], ranked: beside, after: 0 }];
    const patterns = [...patternsOf(atoms, unit, isShouted), ...(beside.length > 0 ? [compound] : [])];
    return {
      patterns,
      isExcluded: unit.isExcluded,
      ranked: [...new Set(patterns.flatMap((steps) => steps.flatMap(({ ranked }) => ranked)))],
    };
  });
}

const isStopWord = (atom: Atom, isShouted: boolean) =>
  STOP_WORDS.has(atom.forms[0]) && (isShouted || !isAbbreviation(atom));

function patternsOf(atoms: readonly Atom[], unit: SearchUnit, isShouted: boolean): Pattern[] {
  const { words: text, isPrefix } = unit;
  const together = joinedSteps(text, atoms, isPrefix, isShouted);
  // A prefix of one letter or digit would match most words.
  const isWide = isPrefix && together.length > 0 && (atoms.at(-1)?.forms[0].length ?? 0) < 2;
  const apart = isWide ? [] : stepsOf(text, atoms, isPrefix, isShouted);
  const prose = isPrefix ? [] : stepsInProse(text, atoms, isShouted);
  const shortened = withoutSecondLetter(text, atoms);
  const whole = wholeOf(atoms, isPrefix);
  const short = shortened.length > 0 ? joinedSteps(text, shortened, isPrefix, isShouted) : [];
  return [apart, together, prose, short, whole].flatMap((steps) => (isPattern(steps) ? [steps] : []));
}

const isPattern = (steps: readonly Step[]): steps is Pattern => steps.length > 0;

/** Returns a designation with digits beside digits as one term, as `W76-1/-2` has `W76-2`. */
function wholeOf(atoms: readonly Atom[], isPrefix: boolean): Step[] {
  const [first, ...others] = atoms;
  const isTight = others.every(({ link }) => link === 'HYPHEN' || link === 'GLUED');
  const isDivided = others.some(({ kind }, index) => kind === 'NUMBER' && atoms[index]?.kind === 'NUMBER');
  if (first?.kind !== 'WORD' || isPrefix || !isTight || !isDivided) return [];
  const joined = [joinedForm(atoms)];
  return [{ terms: joined, prefixes: [], ranked: joined, after: 0 }];
}

/** Returns a step for each atom. Stop words that stand alone keep their places, because prose is indexed without them. */
function stepsOf(text: string, atoms: readonly Atom[], isPrefix: boolean, isShouted: boolean): Step[] {
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
      const words = writtenOut(text, atoms, atoms.indexOf(atom));
      const prefixes = isLast ? [atom.forms[0]] : [];
      steps.push({ at: atom.at, terms: [...terms, ...words], ranked, prefixes });
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
function stepsInProse(text: string, atoms: readonly Atom[], isShouted: boolean): Step[] {
  const isCompound = atoms.every(
    ({ kind, link }, index) => kind === 'WORD' && (index === 0 || link === 'HYPHEN'),
  );
  const telling = atoms.filter((atom) => !isStopWord(atom, isShouted));
  return isCompound && telling.length > 1 && telling.length < atoms.length
    ? stepsOf(text, telling, false, isShouted)
    : [];
}

/** Returns the words for an abbreviation after a number: `million` for `$10m`, `kilometer` for `500km`. */
function writtenOut(text: string, atoms: readonly Atom[], index: number): readonly string[] {
  const atom = atoms[index];
  if (atom?.kind !== 'WORD' || atoms[index - 1]?.kind !== 'NUMBER' || isDesignation(atoms, index - 1))
    return [];
  const scale = scaleOf(text, atoms, index - 1);
  return scale === undefined ? unitStems(atom.forms[0]) : [scale.word];
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
function joinedSteps(text: string, atoms: readonly Atom[], isPrefix: boolean, isShouted: boolean): Step[] {
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
      const [own] = stepsOf(text, [first], isLast, isShouted);
      if (first.kind === 'CHARACTERS' || !own) return [];
      steps.push({ ...own, after: before ? 1 : 0 });
      continue;
    }
    isJoined = true;
    const joined = joinedForm(run);
    const isCompound = run.every(({ kind }) => kind === 'WORD');
    const written = run.map((atom) => atom.written).join('');
    const stems = isCompound ? stemsInAnyLanguage(written) : [];
    const latin = [...latinDesignations(joined, run), ...otherKh(joined, run)];
    steps.push({
      terms: [...new Set([joined, ...stems, ...latin])],
      prefixes: isLast ? [joined, ...latin] : [],
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
