import anyAscii from 'any-ascii';
import { stemsIn } from '../../../domain/search/words/stem.js';
import type { ReferenceKind } from '../types.js';
import { COUNTRY_WORDS } from './country-words.js';
import { type NameToken, nameTokensOf } from './name-tokens.js';

/** A reference of the record, with all its names: usual name, names by language, aliases, abbreviation. */
export interface GazetteerEntry {
  readonly kind: ReferenceKind;
  readonly slug: string;
  readonly name: string;
  readonly names: readonly string[];
  /** The ISO 3166-1 alpha-2 code of a state. Gives it its adjective and its capital. */
  readonly countryCode?: string | null;
}

/** How a text names an entry. */
export interface Naming {
  readonly entry: GazetteerEntry;
  /** FULL names it, SURNAME is the last word of a person's name, RELATED a capital or an adjective: `Moscow`, `Russian`. */
  readonly by: 'FULL' | 'SURNAME' | 'RELATED';
  /** An abbreviation in capitals, such as `US`, which is a word in small letters. */
  readonly isAbbreviation: boolean;
  /** A short name with a capital behind its first word. In small letters it is something else. */
  readonly needsCapital: boolean;
  /** The places of words of a short name that are abbreviations, behind the first: 1 in `New START`. */
  readonly abbreviations: readonly number[];
}

interface TrieNode {
  readonly next: Map<string, TrieNode>;
  namings: Naming[];
}

/** The most words of a name that is looked for. Longer names are not found. */
const MAX_WORDS = 16;
/** The most words of a name that needs its capitals. Longer ones are unlikely to be other words. */
const MAX_SHORT = 3;

/** Returns the places of abbreviations in capitals behind the first word of a short name. */
const abbreviationsIn = (tokens: readonly NameToken[]): number[] =>
  tokens.length > MAX_SHORT
    ? []
    : tokens.flatMap(({ written }, place) => (place > 0 && /^\p{Lu}{2,}$/u.test(written) ? place : []));

const hasCapital = ({ written }: NameToken) => /^\p{Lu}/u.test(written);

/** The names of the record as a trie of words, which finds all names in one pass over a text. */
export class Gazetteer {
  readonly #root: TrieNode = { next: new Map(), namings: [] };

  constructor(entries: Iterable<GazetteerEntry>) {
    for (const entry of entries) this.#addEntry(entry);
  }

  #addEntry(entry: GazetteerEntry): void {
    for (const name of new Set([entry.name, ...entry.names])) {
      const tokens = nameTokensOf(name);
      const isAbbreviation = /^[\p{Lu}\p{N}.]{2,6}$/u.test(name);
      const needsCapital = tokens.length <= MAX_SHORT && tokens.slice(1).some(hasCapital);
      const abbreviations = abbreviationsIn(tokens);
      this.#add(tokens, { entry, by: 'FULL', isAbbreviation, needsCapital, abbreviations });
      // `Tomahawks`, `Iskander-Ms`
      if (entry.kind === 'WEAPON_SYSTEM' && /[a-rt-z]$/i.test(name))
        this.#add(nameTokensOf(`${name}s`), {
          ...{ entry, by: 'FULL', isAbbreviation: false, needsCapital },
          abbreviations: [],
        });
      if (entry.kind === 'PERSON' && tokens.length >= 2 && tokens.length <= 4)
        this.#add(tokens.slice(-1), {
          ...{ entry, by: 'SURNAME', isAbbreviation: false, needsCapital: false },
          abbreviations: [],
        });
    }
    const related =
      entry.kind === 'STATE' && entry.countryCode ? (COUNTRY_WORDS[entry.countryCode] ?? []) : [];
    for (const word of related)
      this.#add(nameTokensOf(word), {
        entry,
        by: 'RELATED',
        isAbbreviation: /^[A-Z.]+$/.test(word),
        needsCapital: false,
        abbreviations: [],
      });
  }

  #add(tokens: readonly NameToken[], naming: Naming): void {
    if (tokens.length === 0 || tokens.length > MAX_WORDS) return;
    for (const keyOf of KEYS) {
      const keys = tokens.map((token) => keyOf(token, naming.entry.kind));
      if (keys.some((key) => key === undefined)) continue;
      let node = this.#root;
      for (const key of keys as string[]) {
        let next = node.next.get(key);
        if (!next) {
          next = { next: new Map(), namings: [] };
          node.next.set(key, next);
        }
        node = next;
      }
      if (!node.namings.some(({ entry }) => entry === naming.entry)) node.namings.push(naming);
    }
  }

  /** Returns the longest name that begins with a token, and how many tokens it has. */
  longestAt(
    tokens: readonly NameToken[],
    at: number,
  ): { namings: readonly Naming[]; length: number } | undefined {
    let best: { namings: readonly Naming[]; length: number } | undefined;
    for (const keyOf of LOOK_UP) {
      let node: TrieNode | undefined = this.#root;
      for (let length = 0; node && length < MAX_WORDS; length += 1) {
        const token: NameToken | undefined = tokens[at + length];
        const key: string | undefined = token && keyOf(token, undefined);
        node = key === undefined ? undefined : node.next.get(key);
        if (node && node.namings.length > 0 && length + 1 > (best?.length ?? 0))
          best = { namings: node.namings, length: length + 1 };
      }
    }
    return best;
  }
}

type KeyOf = (token: NameToken, kind: ReferenceKind | undefined) => string | undefined;

const byForm: KeyOf = ({ folded }) => folded;
/** Russian and Ukrainian names are inflected: `Рябкова`, `России`. */
const byStem: KeyOf = ({ folded, written }) => {
  if (!/\p{Script=Cyrillic}/u.test(folded)) return undefined;
  const stem = stemsIn('ru', written)[0] ?? folded;
  return `~${SURNAME_CASE.exec(folded)?.[1] ?? stem}`;
};
const SURNAME_CASE = /^(.+(?:ов|ев|ин))(?:а|у|ым|е|ои|ую)?$/u;
/** People are transliterated in several ways: `Sergei`, `Sergey`, `Sergej`. */
const bySound: KeyOf = ({ folded }, kind) =>
  kind === undefined || kind === 'PERSON' ? `*${soundOf(folded)}` : undefined;

/** The stemmer takes the end of `Иран` for an ending, and not that of `Ираном`. */
const byBareForm: KeyOf = ({ folded }) => (/\p{Script=Cyrillic}/u.test(folded) ? `~~${folded}` : undefined);

const KEYS: readonly KeyOf[] = [byForm, byStem, byBareForm, bySound];
const LOOK_UP: readonly KeyOf[] = [byForm, byStem, bySound];

/** Returns a spelling that all transliterations of a name share. */
function soundOf(folded: string): string {
  return (/^[a-z0-9]*$/.test(folded) ? folded : anyAscii(folded).toLowerCase())
    .replaceAll("'", '')
    .replaceAll(/shch|sch/g, 'sh')
    .replaceAll(/tch/g, 'ch')
    .replaceAll(/zh/g, 'j')
    .replaceAll(/kh/g, 'h')
    .replaceAll(/tz/g, 'ts')
    .replaceAll(/ph/g, 'f')
    .replaceAll(/w/g, 'v')
    .replaceAll(/x/g, 'ks')
    .replaceAll(/ye/g, 'e')
    .replaceAll(/[iyj]+([aou])/g, 'i$1')
    .replaceAll(/[iyj]+/g, 'i')
    .replaceAll(/ei/g, 'i')
    .replaceAll(/(.)\1/g, '$1');
}
