import { slugify } from '../../slugify.js';

/** Romanisations of one sound, in the order in which they are replaced. Capitals stand for sounds of two letters. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/x/g, 'ks'],
  [/ph/g, 'f'],
  [/shch|sch/g, 'S'],
  [/tsch|tch|ch|cz/g, 'C'],
  [/sh/g, 'S'],
  [/tS/g, 'C'],
  [/dzh/g, 'j'],
  [/zh/g, 'z'],
  [/kh|gh|g/g, 'h'],
  [/ck|q/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/w/g, 'v'],
  [/ou|oo/g, 'u'],
  [/[yj]/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/i(?=[aeou])/g, ''],
  [/([aeou])\1+/g, '$1'],
  [/(?<=[aeiou])h(?![aeiou])/g, ''],
];

/** A word of a name in Latin letters, and how it sounds. */
export interface SoundedWord {
  /** In lower-case Latin letters. */
  readonly word: string;
  /** Without the differences between romanisations: `shmyhal` and `shmygal` are `Smihal`. */
  readonly sound: string;
  /** The consonants of the sound: `Smhl`. */
  readonly consonants: string;
}

/**
 * Returns the words of a name with their sounds. The sound is no pronunciation: it is equal for the spellings that people
 * give one name, and different spellings of different names rarely share it.
 */
export function soundsOf(name: string): SoundedWord[] {
  return slugify(name)
    .split('-')
    .filter((word) => word !== '')
    .map(soundOf);
}

/** @param word In lower-case Latin letters. */
function soundOf(word: string): SoundedWord {
  const sound = SPELLINGS.reduce((text, [pattern, by]) => text.replace(pattern, by), word);
  return { word, sound, consonants: sound.replaceAll(/[aeiou]/g, '') };
}

/** Returns the beginning of a word as initials are compared: vowels are one, because romanisations disagree on them. */
export const initialOf = ({ sound }: SoundedWord): string =>
  /^[aeiou]/.test(sound) ? 'a' : sound.slice(0, 1);
