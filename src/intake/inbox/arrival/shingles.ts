import { fold } from '../../../domain/search/fold.js';

/** Words in a shingle. Fewer make texts on one subject alike, more make a text unlike its own correction. */
const SHINGLE = 4;
/** Texts with fewer words are compared by their hash only: a few common words make two short texts alike. */
const MIN_WORDS = 25;
/** Words after these are not compared. */
const MAX_WORDS = 20_000;
const BANDS = 32;
const ROWS = 4;
/** The share of common shingles from which one text is a version of the other. */
const NEAR = 0.6;

/**
 * Returns the signature of a text: 128 numbers of 32 bits. The share of equal numbers of two signatures estimates the share
 * of shingles (four words in a row) that their texts have in common. Null if the text has fewer than 25 words.
 */
export function signatureOf(text: string): number[] | null {
  const words = wordsOf(text);
  if (words.length < MIN_WORDS) return null;
  const signature = new Int32Array(BANDS * ROWS).fill(0x7fffffff);
  for (let at = 0; at + SHINGLE <= words.length; at += 1) {
    const shingle = hashText(words.slice(at, at + SHINGLE).join(' '));
    for (let index = 0; index < signature.length; index += 1) {
      const value = mix(shingle ^ (SEEDS[index] ?? 0));
      if (value < (signature[index] ?? 0)) signature[index] = value;
    }
  }
  return [...signature];
}

/**
 * Returns 32 numbers of 32 bits that find near-duplicates in an index: signatures of near-duplicates have one in common
 * in at least 98 of 100 cases. Others rarely have.
 */
export function bandsOf(signature: readonly number[]): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    const rows = signature.slice(band * ROWS, (band + 1) * ROWS);
    return rows.reduce((hash, row) => mix(Math.imul(hash, 31) ^ row), mix(band + 1));
  });
}

/** Returns the estimated share of common shingles of two texts, 0 to 1. */
export function similarity(one: readonly number[], other: readonly number[]): number {
  const equal = one.filter((value, index) => value === other[index]).length;
  return equal / Math.max(one.length, other.length, 1);
}

/** Returns whether two signatures are of near-duplicates: of a text and its correction or reprint. */
export const isNearDuplicate = (one: readonly number[], other: readonly number[]): boolean =>
  similarity(one, other) >= NEAR;

/** Words, or characters in scripts that put no spaces between words. */
function wordsOf(text: string): string[] {
  const found = fold(text).match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+/gu,
  );
  return (found ?? []).slice(0, MAX_WORDS);
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** The finaliser of MurmurHash3: a permutation of 32 bits. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

const SEEDS = Int32Array.from({ length: BANDS * ROWS }, (_, index) => mix(Math.imul(index + 1, 0x9e3779b9)));
