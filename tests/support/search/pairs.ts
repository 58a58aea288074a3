import { readFileSync } from 'node:fs';

/** The fields of a development that texts of the table are in. */
type SearchedField = 'headline' | 'quotation' | 'place' | 'locator' | 'externalId' | 'name';

export interface SearchedText {
  readonly text: string;
  readonly field: SearchedField;
  readonly language: string | undefined;
}

export interface SearchPair {
  readonly kind: string;
  readonly text: SearchedText;
  readonly query: string;
  readonly finds: boolean;
}

interface Group {
  readonly kind: string;
  readonly in?: SearchedField;
  readonly language?: string;
  readonly pairs: readonly (readonly [text: string, query: string, finds: boolean])[];
}

const groups = JSON.parse(readFileSync(new URL('pairs.json', import.meta.url), 'utf8')) as readonly Group[];

const texts = new Map<string, SearchedText>();

/** Texts and queries, by kind, and whether the query finds the text. Equal texts are one object. */
export const PAIRS: readonly SearchPair[] = groups.flatMap(
  ({ kind, in: field = 'headline', language, pairs }) =>
    pairs.map(([text, query, finds]) => {
      const key = JSON.stringify([text, field, language]);
      const searched = texts.get(key) ?? { text, field, language };
      texts.set(key, searched);
      return { kind, text: searched, query, finds };
    }),
);
