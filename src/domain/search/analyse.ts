import { type Atom, atomsOf, joinedForm } from './terms/atoms.js';
import {
  CAPITALISED,
  type TakeTerm,
  takeAmount,
  takeDesignation,
  takeNameApart,
  takeRoman,
  takeShared,
  takeUnit,
} from './terms/further-terms.js';
import { stemsOf } from './words/stem.js';
import { COMPOUND_HEADS, isAlsoAWord, STOP_WORDS } from './words/stop-words.js';

/** A term of a text: what an index has and a search asks for. */
export interface Term {
  readonly text: string;
  /** The place of its first word in the text, from 1. */
  readonly at: number;
  /** The part of the text that it stands for. */
  readonly start: number;
  readonly end: number;
}

export interface AnalysedText {
  readonly terms: readonly Term[];
  /** How many places the text takes. */
  readonly length: number;
}

export interface AnalyseOptions {
  /** The language of the text, as a BCP 47 tag. */
  readonly language?: string | undefined;
  /** Whether English stop words are left out. They keep their places. */
  readonly isProse?: boolean;
}

/** Marks an abbreviation that is also a word: `US`. */
export const ABBREVIATION = '=';

/** The most parts of a designation or compound that are joined: `SS-N-30A` has four. */
const MAX_JOINED = 4;
/** The most parts of what is joined as a whole. Longer ones, such as a UUID, are no designation: only their parts are indexed. */
const MAX_WHOLE = 12;

/**
 * Analyses a text: the same terms for the same text in every database, in the feed and in highlights.
 *
 * Words are folded and stemmed by the language; letters and digits are divided and also joined (`Tu-95MS`: tu, 95, ms,
 * tu95, tu95ms, 95ms); numbers are normalised; scripts without spaces are indexed by pairs of characters.
 */
export function analyse(text: string, options: AnalyseOptions = {}): AnalysedText {
  const terms: Term[] = [];
  const length = eachTerm(text, options, (term, at, start, end) => {
    terms.push({ text: term, at, start, end });
  });
  return { terms, length };
}

/**
 * Calls `take` for each term of a text, as {@link analyse} returns them.
 *
 * @returns How many places the text takes.
 */
export function eachTerm(
  text: string,
  { language, isProse = false }: AnalyseOptions,
  take: TakeTerm,
): number {
  const atoms = atomsOf(text);
  const isShouted = isInCapitals(text);
  const stems = stemsOf(language);
  let runStart = 0;
  let runEnd = 0;
  // By index, because iterators of entries take a good part of the time.
  for (let index = 0; index < atoms.length; index += 1) {
    const atom = atoms[index] as Atom;
    const next = atoms[index + 1];
    if (index === runEnd) {
      runStart = index;
      runEnd = endOfRun(atoms, index);
    }
    if (atom.kind === 'CHARACTERS') {
      takePairs(atom, take);
    } else if (atom.kind === 'NUMBER') {
      takeForms(atom, take);
      takeShared(text, atoms, index, take);
      takeAmount(text, atoms, index, take);
    } else {
      const isAlone = isLoose(atom) && (next === undefined || isLoose(next));
      takeWord(atom, { stems, isShouted, leavesOut: isProse && isAlone }, take);
      if (atoms[index - 1]?.kind === 'NUMBER') takeUnit(text, atoms, index, take);
      if (atom.link === 'SIGN' || atom.link === 'APART') takeShared(text, atoms, index, take);
      if (next?.kind === 'WORD' && CAPITALISED.test(atom.written)) takeNameApart(atoms, index, take);
      takeRoman(atoms, index, take);
    }
    if (next === undefined || runEnd - runStart > MAX_WHOLE || !isJoinedAt(atoms, index, index + 1)) continue;
    for (const parts of joinedFrom(atoms, index)) takeJoined(parts, stems, take);
  }
  const last = atoms.at(-1);
  return last ? last.at + last.width - 1 : 0;
}

type Stems = ReturnType<typeof stemsOf>;

function takeForms({ forms, at, start, end }: Atom, take: TakeTerm): void {
  for (const form of forms) if (form !== '') take(form, at, start, end);
}

interface WordOptions {
  readonly stems: Stems;
  readonly isShouted: boolean;
  /** Whether it is left out if it is a stop word. */
  readonly leavesOut: boolean;
}

function takeWord(atom: Atom, { stems, isShouted, leavesOut }: WordOptions, take: TakeTerm): void {
  const { forms, at, start, end } = atom;
  const form = forms[0];
  if (isAbbreviation(atom)) {
    take(`${ABBREVIATION}${form}`, at, start, end);
    if (!isShouted || atom.hasPoints) return;
  }
  if (leavesOut && STOP_WORDS.has(form)) return;
  takeForms(atom, take);
  for (const stem of stems(atom.written)) {
    if (stem !== form && stem !== '' && !forms.includes(stem)) take(stem, at, start, end);
  }
}

function takeJoined(parts: readonly Atom[], stems: Stems, take: TakeTerm): void {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return;
  const joined = joinedForm(parts);
  // Only words have forms.
  if (!parts.every(({ kind }) => kind === 'WORD')) {
    takeDesignation(parts, first, take);
    return;
  }
  if (joined !== '') take(joined, first.at, first.start, last.end);
  for (const stem of stems(parts.map(({ written }) => written).join(''))) {
    if (stem !== joined && stem !== '') take(stem, first.at, first.start, last.end);
  }
}

/** Returns the end of the run of atoms without spaces and signs between them that begins with one. */
function endOfRun(atoms: readonly Atom[], start: number): number {
  for (let end = start + 1; ; end += 1) {
    const next = atoms[end];
    if (!next || !isTight(next)) return end;
  }
}

const isLoose = ({ link }: Atom) => link === 'SPACE' || link === 'APART';
const isTight = ({ link }: Atom) => link === 'GLUED' || link === 'HYPHEN';

/** Whether a text has several words and none in small letters, so that capitals say nothing about a word. */
export function isInCapitals(text: string): boolean {
  return !/\p{Ll}/u.test(text) && (text.match(/\p{Lu}{2,}/gu)?.length ?? 0) > 1;
}

/** Whether a word is the abbreviation of its letters rather than a word: `US`, `U.S.`, `WHO`. */
export const isAbbreviation = ({ forms, hasPoints, written }: Atom): boolean =>
  isAlsoAWord(forms[0]) && (hasPoints || /^\p{Lu}+$/u.test(written));

/** Takes each character with the next one, and the last one alone. */
function takePairs(atom: Atom, take: TakeTerm): void {
  const characters = [...atom.forms[0]];
  const length = atom.end - atom.start;
  // Folding can change the number of characters: then the whole run is marked.
  const isExact = atom.forms[0].length === length && characters.length === length;
  for (const [index, character] of characters.entries()) {
    take(
      `${character}${characters[index + 1] ?? ''}`,
      atom.at + index,
      isExact ? atom.start + index : atom.start,
      isExact ? Math.min(atom.start + index + 2, atom.end) : atom.end,
    );
  }
}

/** Returns the designations and compounds that begin with an atom and have more parts. */
function joinedFrom(atoms: readonly Atom[], index: number): (readonly Atom[])[] {
  const found: (readonly Atom[])[] = [];
  for (let end = index + 1; isJoinedAt(atoms, index, end); end += 1) {
    const size = end + 1 - index;
    if (size > MAX_WHOLE) break;
    // Longer ones are indexed by their parts and as a whole.
    if (size > MAX_JOINED && isJoinedAt(atoms, index, end + 1)) continue;
    found.push(atoms.slice(index, end + 1));
  }
  return found;
}

/** Whether what begins with an atom goes on with the one at `end`. */
function isJoinedAt(atoms: readonly Atom[], index: number, end: number): boolean {
  const first = atoms[index];
  const before = atoms[end - 1];
  const next = atoms[end];
  if (!first || !before || !next || !canJoin(before, next)) return false;
  return isTight(next) || ((end === index + 1 || first.kind === 'NUMBER') && joinsOverSpace(first, next));
}

/** Digits beside digits are ranges and dates, which are not joined. */
const canJoin = (one: Atom, other: Atom): boolean =>
  other.kind !== 'CHARACTERS' &&
  one.kind !== 'CHARACTERS' &&
  !(one.kind === 'NUMBER' && other.kind === 'NUMBER' && other.link !== 'SPACE');

/** Whether two atoms with a space between them can be one: `Hwasong 15`, `cease fire`, `5 500`. */
function joinsOverSpace({ kind, forms, written }: Atom, next: Atom): boolean {
  const one = forms[0];
  const other = next.forms[0];
  if (next.link !== 'SPACE') return false;
  if (next.kind === 'WORD') return kind === 'WORD' && (COMPOUND_HEADS.has(one) || isNoDong(written, next));
  if (!/^\d{1,4}$/.test(other)) return false;
  return kind === 'WORD'
    ? !STOP_WORDS.has(one) || one.length === 1
    : /^\d{1,3}$/.test(one) && other.length === 3;
}

/** `No Dong` is also a name, written Nodong. */
const isNoDong = (written: string, next: Atom) => written === 'No' && CAPITALISED.test(next.written);
