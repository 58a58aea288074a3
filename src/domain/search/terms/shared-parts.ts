import { type Atom, joinedForm } from './atoms.js';

/** How many numbers back the first of `S-300/400/500` is, at most. */
const MOST_SHARED = 4;

/** Atoms that stand for one designation, with the last one in the text. */
type Parts = readonly Atom[];

/**
 * Returns designations that share a part with the one before a slash, and end with an atom or the one after it: `Kh-102`
 * in `Kh-101/102`, `M1A2` in `M1A1/A2`, `GBU-57B` in `GBU-57A/B`, `F-18` in `F/A-18`.
 */
export function sharedParts(text: string, atoms: readonly Atom[], index: number): readonly Parts[] {
  const atom = atoms[index] as Atom;
  if (!hasSlashNear(text, atom.start)) return [];
  const found =
    atom.kind === 'NUMBER'
      ? [...withSharedHead(text, atoms, index), ...withFirstLetter(text, atoms, index)]
      : withSharedNumber(text, atoms, index);
  return found.filter((parts) => joinedForm(parts) !== '');
}

/** The number of `Kh-101/102` or `9M728/729` with the head of the first one. */
function withSharedHead(text: string, atoms: readonly Atom[], index: number): Parts[] {
  const atom = atoms[index] as Atom;
  if (!followsSlash(text, atom)) return [];
  const first = firstNumber(text, atoms, index);
  const [head, number] = [atoms[first - 1], atoms[first]];
  if (!head || number?.kind !== 'NUMBER' || !isTight(number)) return [];
  const whole = atoms.slice(startOfRun(atoms, first), first);
  if (!whole.some(({ kind }) => kind === 'WORD')) return [];
  const heads = head.kind === 'WORD' && whole.length > 1 ? [[head], whole] : [whole];
  return heads.flatMap((parts) => withSuffix([...parts, atom], atoms[index + 1]));
}

/** Returns where the first number of `S-300/400/500` or `Su-30SM/35S` is. */
function firstNumber(text: string, atoms: readonly Atom[], index: number): number {
  let at = index;
  for (let steps = 0; steps < MOST_SHARED; steps += 1) {
    const atom = atoms[at];
    if (atom?.kind !== 'NUMBER' || !followsSlash(text, atom)) break;
    at -= 1;
    const before = atoms[at];
    if (before && isSuffix(before)) at -= 1;
  }
  return at;
}

/** The number of `F/A-18` with its first letter, and with both. */
function withFirstLetter(text: string, atoms: readonly Atom[], index: number): Parts[] {
  const [first, second, number] = atoms.slice(Math.max(0, index - 2), index + 1);
  if (!first || !second || !number || !isTight(number)) return [];
  if (!areLetters(text, first, second) || isTight(first)) return [];
  return [
    [first, number],
    [first, second, number],
  ].flatMap((parts) => withSuffix(parts, atoms[index + 1]));
}

/** Returns the parts of a designation such as `F/A-18` without its second letter; nothing for others. */
export function withoutSecondLetter(text: string, atoms: readonly Atom[]): Parts {
  const [first, second, number, ...others] = atoms;
  if (!first || !second || number?.kind !== 'NUMBER' || !isTight(number)) return [];
  return areLetters(text, first, second) ? [first, number, ...others] : [];
}

/** Whether two atoms are single letters with a slash between them. */
const areLetters = (text: string, first: Atom, second: Atom) =>
  followsSlash(text, second) && [first, second].every(({ written }) => /^\p{L}$/u.test(written));

/** The letters of `GBU-57A/B` or `M1A1/A2` after a slash, with the part before the letters that they stand for. */
function withSharedNumber(text: string, atoms: readonly Atom[], index: number): Parts[] {
  const atom = atoms[index] as Atom;
  if (!followsSlash(text, atom) || !/^\p{Lu}{1,3}$/u.test(atom.written)) return [];
  const next = atoms[index + 1];
  const numbered = next?.kind === 'NUMBER' && next.link === 'GLUED' ? next : undefined;
  // The letters before the first slash: the last atom, or the one before its number.
  const at = firstLetters(text, atoms, index) - (numbered ? 2 : 1);
  const letters = atoms[at];
  if (!letters || !isSuffix(letters) || atoms[at - 1]?.kind !== 'NUMBER') return [];
  if (numbered && letters.forms[0] !== atom.forms[0]) return [];
  const run = startOfRun(atoms, at);
  const start = atoms[run]?.link === 'SPACE' && atoms[run]?.kind === 'NUMBER' ? run - 1 : run;
  const head = atoms.slice(start, at);
  if (!head[0] || !head.some(({ kind }) => kind === 'WORD')) return [];
  const ending = numbered ? [atom, numbered] : [atom];
  const before = atoms[start - 1];
  const isSecond = before && followsSlash(text, head[0]) && /^\p{Lu}$/u.test(before.written);
  const heads = isSecond
    ? [head, [before, ...head.slice(1)], [before, ...head]]
    : start < run
      ? [head, head.slice(1)]
      : [head];
  return heads.map((parts) => [...parts, ...ending]);
}

/** Returns which letters are the first after a slash in `UGM-27A/B/C`. */
function firstLetters(text: string, atoms: readonly Atom[], index: number): number {
  let at = index;
  while (index - at < MOST_SHARED) {
    const before = atoms[at - 1];
    if (!before || !followsSlash(text, before) || !/^\p{Lu}{1,3}$/u.test(before.written)) break;
    at -= 1;
  }
  return at;
}

/** Returns the parts without and with the letters that follow, as of `Su-35S`. */
const withSuffix = (parts: Parts, next: Atom | undefined): Parts[] =>
  next && isSuffix(next) ? [parts, [...parts, next]] : [parts];

/** Returns where the run of tight atoms begins that an atom belongs to. */
function startOfRun(atoms: readonly Atom[], index: number): number {
  let start = index;
  while (start > 0 && index - start < MOST_SHARED) {
    const atom = atoms[start];
    if (!atom || !isTight(atom)) break;
    start -= 1;
  }
  return start;
}

/** Whether a slash is among the three characters before a place: most words end here. */
const hasSlashNear = (text: string, start: number) =>
  text[start - 1] === '/' || text[start - 2] === '/' || text[start - 3] === '/';

/** Whether a slash is before an atom, or a slash and a hyphen: `Hwasong-15/-17`. */
const followsSlash = (text: string, { link, start }: Atom) =>
  link === 'SIGN'
    ? text[start - 1] === '/'
    : link === 'APART' && /\/[-\u2010-\u2013]$/.test(text.slice(start - 2, start));

const isSuffix = ({ kind, link }: Atom) => kind === 'WORD' && link === 'GLUED';
const isTight = ({ link }: Atom) => link === 'GLUED' || link === 'HYPHEN';
