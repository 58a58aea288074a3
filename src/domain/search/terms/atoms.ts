import { fold } from '../fold.js';
import { remember } from '../remember.js';
import { readNumber } from './numbers.js';

/** How an atom follows the one before it: without anything between, after a hyphen, another sign, white space, or else. */
type Link = 'GLUED' | 'HYPHEN' | 'SIGN' | 'SPACE' | 'APART';

/** A part of a text that is not divided further: letters, a number, or characters of a script without spaces. */
export interface Atom {
  readonly kind: 'WORD' | 'NUMBER' | 'CHARACTERS';
  /** As written, without a possessive ending. */
  readonly written: string;
  /** Folded. A number or an elided word can have several readings, the usual one first. */
  readonly forms: readonly [string, ...string[]];
  /** Whether it is an abbreviation with points: `U.S.`. */
  readonly hasPoints: boolean;
  readonly link: Link;
  /** Its place in the text, from 1. */
  readonly at: number;
  /** How many places it takes: one for each character of a script without spaces. */
  readonly width: number;
  /** The part of the text, as offsets of UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Scripts without spaces between words, and Hangul, whose words carry particles. */
const CHARACTERS =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\u30fc\\uff70';
// Scholars write hamza and ayin with half rings, Hebrew writes geresh, and gershayim within abbreviations.
const APOSTROPHE = '(?:[\'`´ʹ-ʿˈ‘’‛′ꞌ＇\\u05f3\\u05f4]|(?<=\\p{sc=Hebr})"(?=\\p{sc=Hebr}))';
const INVISIBLE =
  '\\u00ad\\u0640\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufe00-\\ufe0f\\ufeff';
/** Persian divides a word from its endings by U+200C, as others do by a hyphen. */
const UNSEEN = `(?!\\u200c\\p{sc=Arab})[${INVISIBLE}]`;
const LETTER = `(?![${CHARACTERS}])[\\p{L}\\p{M}\\p{Nl}\\p{No}]`;

// The groups have numbers: an object of named groups for each word takes longer than the match.
const ATOM = new RegExp(
  [
    '(?<![\\p{L}\\p{N}.])(\\p{L}(?:\\.\\p{L})+(?![\\p{L}\\p{N}])\\.?)',
    // Groups of three digits, or digits with points and commas between them.
    "(\\p{Nd}{1,3}(?:([,.'’\\u00a0\\u2009\\u202f])\\p{Nd}{3})(?:\\3\\p{Nd}{3})*(?!\\p{Nd})(?:[.,]\\p{Nd}+(?![.,]?\\p{Nd}))?|\\p{Nd}+(?:[.,]\\p{Nd}+)*)",
    `([${CHARACTERS}](?:[${CHARACTERS}\\p{M}${INVISIBLE}])*)`,
    `(?!\\p{M})${LETTER}(?:${LETTER}|${UNSEEN}|${APOSTROPHE}+(?=\\p{L}))*`,
  ].join('|'),
  'gu',
);

const HIDDEN = new RegExp(`[${INVISIBLE}]`, 'gu');
const HYPHEN = /^["”»)]?[-\u2010-\u2013\u2212\ufe63\uff0d]["“«(]?$/;
const SIGN = /^[./_:&+@#·\u2014]$/;
const POSSESSIVE = new RegExp(`(?<=\\p{L})${APOSTROPHE}s$`, 'iu');
/** Articles and prepositions that lose their vowel in French, Italian and Catalan. */
const ELIDED = new RegExp(
  `^(?:[ldnscjmt]|qu|jusqu|lorsqu|puisqu|un|all|dall|dell|nell|sull|quell)${APOSTROPHE}(?=\\p{L}{2})`,
  'iu',
);

/** PostgreSQL limits a lexeme to 2,046 bytes. A letter takes at most 3, a surrogate pair 4. */
const LONGEST_WORD = 600;

/** Divides a text into atoms, in order. */
export function atomsOf(text: string): Atom[] {
  const atoms: Atom[] = [];
  let end = 0;
  let at = 1;
  ATOM.lastIndex = 0;
  for (let match = ATOM.exec(text); match !== null; match = ATOM.exec(text)) {
    // Not destructured: that would walk through each match with an iterator.
    const [whole, points, number, characters] = [match[0], match[1], match[2], match[4]];
    const start = match.index;
    const link = atoms.length === 0 ? 'APART' : linkOf(text, end, start);
    if (number !== undefined) {
      end = start + whole.length;
      const isAttached = (link === 'GLUED' || link === 'HYPHEN') && atoms.at(-1)?.kind === 'WORD';
      for (const read of readNumber(number, isAttached)) {
        atoms.push({
          kind: 'NUMBER',
          written: read.written,
          forms: read.forms,
          hasPoints: false,
          link: read.start === 0 ? link : 'SIGN',
          at,
          width: 1,
          start: start + read.start,
          end: start + read.end,
        });
        at += 1;
      }
      continue;
    }
    const word = readWord(whole);
    if (word.folded === '') continue;
    end = start + whole.length;
    const width = characters === undefined ? 1 : [...word.folded].length;
    atoms.push({
      kind: characters === undefined ? 'WORD' : 'CHARACTERS',
      written: word.written,
      forms: word.forms,
      hasPoints: points !== undefined,
      link,
      at,
      width,
      start,
      end: start + word.length,
    });
    at += width;
  }
  return atoms;
}
/** A word or a run of characters by itself. */
interface Word extends Pick<Atom, 'written' | 'forms'> {
  readonly folded: string;
  /** Its length in the text, without a possessive ending. */
  readonly length: number;
}

const PLAIN = /^[A-Za-z]{1,60}$/;

function readWord(whole: string): Word {
  // Most words: to remember them takes longer.
  if (PLAIN.test(whole)) {
    const folded = whole.toLowerCase();
    return { written: whole, forms: [folded], folded, length: whole.length };
  }
  return rememberedWord(whole);
}

const rememberedWord = remember((whole): Word => {
  const bare = whole.replace(POSSESSIVE, '');
  const written = bare.replace(ELIDED, '');
  const folded = letters(bare);
  return {
    written,
    forms: written === bare ? [folded] : [letters(written), folded],
    folded,
    length: bare.length,
  };
}, 20_000);

/** Returns atoms as one term. */
export const joinedForm = (atoms: readonly Atom[]): string =>
  atoms
    .map(({ forms: [form] }) => form)
    .join('')
    .slice(0, LONGEST_WORD)
    .toWellFormed();

/** Returns the folded letters and digits of a word. */
const letters = (word: string) =>
  fold(word)
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .slice(0, LONGEST_WORD)
    .toWellFormed();

function linkOf(text: string, from: number, to: number): Link {
  if (from === to) return 'GLUED';
  if (to - from === 1 && text.charCodeAt(from) === 0x20) return 'SPACE';
  const shown = text.slice(from, to).replaceAll(HIDDEN, '');
  if (shown === '') return 'GLUED';
  if (HYPHEN.test(shown)) return 'HYPHEN';
  if (SIGN.test(shown)) return 'SIGN';
  return /^\s+$/.test(shown) ? 'SPACE' : 'APART';
}
