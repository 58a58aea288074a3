import { franc } from 'franc';

/** Languages of the press, by ISO 639-3. Without a list, English is taken for Scots and Russian for Bulgarian. */
const LANGUAGES = [
  ...[
    'eng',
    'rus',
    'ukr',
    'bel',
    'deu',
    'fra',
    'spa',
    'por',
    'ita',
    'nld',
    'pol',
    'ces',
    'slk',
    'hun',
    'ron',
  ],
  ...[
    'bul',
    'srp',
    'hrv',
    'slv',
    'mkd',
    'ell',
    'tur',
    'arb',
    'heb',
    'pes',
    'urd',
    'hin',
    'ben',
    'tam',
    'cmn',
  ],
  ...[
    'jpn',
    'kor',
    'vie',
    'tha',
    'ind',
    'swe',
    'dan',
    'nob',
    'fin',
    'ekk',
    'lvs',
    'lit',
    'kat',
    'hye',
    'azj',
  ],
  ...['kaz', 'uzn', 'sqi', 'als', 'cat', 'swh', 'amh'],
];
/** Texts with fewer letters are too short to tell languages of one script apart. */
const MIN_LETTERS = 60;
/** Letters after these are not read. */
const MAX_LETTERS = 4_000;

/** Cyrillic letters, and the languages that do not have them. Trigrams alone take short Russian for Bulgarian. */
const LETTERS: readonly (readonly [letters: RegExp, without: readonly string[]])[] = [
  [/[ыэё]/i, ['bul', 'mkd', 'srp', 'ukr']],
  [/[іїєґ]/i, ['rus', 'bul', 'mkd', 'srp']],
  [/[ђјљњћџ]/i, ['rus', 'ukr', 'bel', 'bul']],
];

/** Returns the language of a text as a BCP 47 tag, such as `en`. Null if the text is too short or in no known language. */
export function detectLanguage(text: string): string | null {
  const read = text.slice(0, MAX_LETTERS);
  const excluded = LETTERS.flatMap(([letters, without]) => (letters.test(read) ? without : []));
  const only = LANGUAGES.filter((language) => !excluded.includes(language));
  const found = franc(read, { only, minLength: MIN_LETTERS });
  return found === 'und' ? null : (Intl.getCanonicalLocales(found)[0] ?? null);
}
