import { createHash } from 'node:crypto';
import { initialOf, type SoundedWord, soundsOf } from './sound.js';

/** A reference as suggestions compare it. */
export interface Comparable {
  readonly owner: 'Actor' | 'Source' | 'Topic' | 'Treaty' | 'WeaponSystem' | 'Doctrine';
  /** The kind of an actor: only actors of one kind are compared. Null for others. */
  readonly kind: string | null;
  /** The usual name and all others. For a source, its titles. */
  readonly names: readonly string[];
  readonly countryCode: string | null;
  readonly countryCode3: string | null;
  readonly wikidataId: string | null;
  /** Of a source. */
  readonly url: string | null;
}

/** All keys of suggestions begin with it. */
export const SIMILAR = 'similar ';

/** How telling the keys are, the most telling first. Suggestions come in the order of their keys. */
const RANKS = { id: 1, name: 2, part: 3, beginning: 4 } as const;

/** The beginning of all keys of one type of reference. */
export const similarPrefix = (owner: Comparable['owner']): string => `${SIMILAR}${owner} `;

/**
 * Returns the keys that two references share if they may be one: at least one of them, for each way in which names can be
 * alike. References that share a key are compared; the keys decide nothing.
 *
 * Sources with an address have no keys of their titles: many documents have one title.
 */
export function similarKeysOf(reference: Comparable): string[] {
  const { owner, kind, names, countryCode, countryCode3, wikidataId, url } = reference;
  const scope = kind ?? 'any';
  const key = (rank: keyof typeof RANKS, ...parts: readonly string[]) =>
    `${similarPrefix(owner)}${RANKS[rank]} ${scope} ${shortened(parts.join(' '))}`;
  if (owner === 'Source') {
    const own =
      url === null
        ? names.map((name) => key('name', lettersOf(soundsOf(name))))
        : [key('id', addressOf(url))];
    return [...new Set([...own, ...(wikidataId === null ? [] : [key('id', wikidataId)])])];
  }
  const codes = kind === 'STATE' ? [countryCode, countryCode3] : [];
  return [
    ...new Set([
      ...[wikidataId, ...codes].flatMap((id) => (id === null ? [] : key('id', id))),
      ...names.flatMap((name) => keysOfName(name, kind === 'PERSON', key)),
    ]),
  ];
}

/** Returns the key that sources with an address share, whatever its protocol and tracking parameters. */
export const addressKey = (url: string): string => {
  const source = { kind: null, names: [], countryCode: null, countryCode3: null, wikidataId: null };
  return similarKeysOf({ ...source, owner: 'Source', url })[0] ?? '';
};

type MakeKey = (rank: keyof typeof RANKS, ...parts: readonly string[]) => string;

function keysOfName(name: string, isPerson: boolean, key: MakeKey): string[] {
  const words = soundsOf(name);
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return [];
  const keys = [key('name', lettersOf(words)), key('beginning', beginningsOf(words))];
  if (words.length === 1) {
    if (!isPerson && first.word.length > 1) keys.push(key('part', 'letters', first.word.slice(0, 10)));
    return keys;
  }
  if (isPerson) {
    // Either end can be the family name, and the other words its initials.
    for (const family of new Set([first, last])) {
      const others = words.filter((word) => word !== family);
      if (family.word.length > 1) {
        keys.push(...others.map((other) => key('part', consonantsOf(family), initialOf(other))));
      }
    }
    return keys;
  }
  const longest = words.toSorted((one, other) => other.word.length - one.word.length).slice(0, 2);
  keys.push(key('part', ...longest.map(consonantsOf).sort()));
  keys.push(...acronymsOf(words).map((acronym) => key('part', 'letters', acronym)));
  return keys;
}

const consonantsOf = ({ consonants, sound }: SoundedWord) => (consonants === '' ? sound : consonants);

/** The consonants of all words in their alphabetical order, which no order and division of words changes. */
function lettersOf(words: readonly SoundedWord[]): string {
  const letters = words.map(({ consonants }) => consonants).join('');
  return [...(letters === '' ? words.map(({ sound }) => sound).join('') : letters)].sort().join('');
}

/** The first consonants of each word, which most errors of typing leave. */
function beginningsOf(words: readonly SoundedWord[]): string {
  const size = words.length === 1 ? 3 : 2;
  return words
    .map((word) => consonantsOf(word).slice(0, size))
    .sort()
    .join(' ');
}

/** Words that acronyms may leave out. */
const SMALL_WORDS = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'in', 'of', 'on', 'the', 'to', 'with']);

/** Returns the first letters of a name's words, with and without small words. Empty for fewer than three letters. */
export function acronymsOf(words: readonly SoundedWord[]): string[] {
  const lettersIn = (some: readonly SoundedWord[]) => some.map(({ word }) => word.slice(0, 1)).join('');
  const acronyms = [lettersIn(words), lettersIn(words.filter(({ word }) => !SMALL_WORDS.has(word)))];
  return [...new Set(acronyms)].filter((acronym) => acronym.length >= 3 && acronym.length <= 10);
}

/** Returns an address as addresses are compared: without protocol, `www.`, fragment, tracking and the slash at its end. */
export function addressOf(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    const asked = [...searchParams].filter(([name]) => !/^(?:utm_|fbclid$|gclid$)/.test(name));
    const query = asked.map(([name, value]) => `${name}=${value}`).sort();
    const host = hostname.replace(/^(?:www|m)\./, '');
    return `${host}${port && `:${port}`}${pathname.replace(/\/$/, '')}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  } catch {
    return url;
  }
}

/** Keys of an index are short. */
function shortened(text: string): string {
  if (text.length <= 120) return text;
  return createHash('sha256').update(text.toWellFormed()).digest('base64url');
}
