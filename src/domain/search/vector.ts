import { type AnalyseOptions, eachTerm } from './analyse.js';

/** A text to index, and how much a match in it counts: A most, D least. */
export interface IndexedText extends AnalyseOptions {
  readonly text: string;
  readonly weight: 'A' | 'B' | 'C' | 'D';
}

/** Quotations and translations are searched up to this length, in characters. */
export const SEARCHED = 60_000;

/** The highest place that a `tsvector` can hold. Words beyond it are found, but not in phrases. */
const LAST_PLACE = 16_383;
/** The most places of one word that a `tsvector` can hold. */
const MOST_PLACES = 255;
/** A `tsvector` holds at most a mebibyte of words and places. */
const MAX_BYTES = 1_000_000;

/**
 * Returns texts as the literal of a `tsvector`, so that the database parses no text itself. Texts are divided by a place,
 * so that no phrase runs from one into the next. Words after the first megabyte are left out.
 */
export function vectorOf(texts: readonly IndexedText[]): string {
  const words = new Map<string, Places>();
  let bytes = 0;
  let offset = 0;
  for (const { text, weight, ...options } of texts) {
    const length = eachTerm(text, options, (term, at) => {
      let word = words.get(term);
      if (word === undefined) {
        const size = Buffer.byteLength(term) + 4;
        if (bytes + size > MAX_BYTES) return;
        bytes += size;
        word = { count: 0, written: '' };
        words.set(term, word);
      }
      const place = offset + at;
      if (place > LAST_PLACE || word.count >= MOST_PLACES || bytes + 2 > MAX_BYTES) return;
      bytes += 2;
      word.written += `${word.count === 0 ? ':' : ','}${place}${weight === 'D' ? '' : weight}`;
      word.count += 1;
    });
    offset += length + 1;
  }
  let vector = '';
  for (const term of [...words.keys()].sort()) {
    vector += `${vector === '' ? '' : ' '}'${term}'${words.get(term)?.written ?? ''}`;
  }
  return vector;
}

/** The places of a word, as a `tsvector` has them. */
interface Places {
  count: number;
  written: string;
}

/** Returns a name as the literal of a `tsvector`; null and undefined as they are. */
export function nameVector<Name extends string | null | undefined>(
  name: Name,
  language?: string | null,
): Name | string {
  return name == null ? name : vectorOf([{ text: name, weight: 'A', language: language || undefined }]);
}
