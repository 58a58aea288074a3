import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as armenian } from '@orama/stemmers/armenian';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as greek } from '@orama/stemmers/greek';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as hindi } from '@orama/stemmers/indian';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as lithuanian } from '@orama/stemmers/lithuanian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as serbian } from '@orama/stemmers/serbian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import { fold } from '../fold.js';
import { remember } from '../remember.js';
import { withoutFleetingVowelRu, withoutFleetingVowelUk } from './fleeting-vowels.js';
import { baseFormsOf } from './irregular-forms.js';
import { americanSpelling } from './spellings.js';
import { stemBulgarian } from './stem-bulgarian.js';

type Stemmer = (word: string) => string;

/** The languages whose words are found in all their forms, by script and ISO 639-1 code. The first is the default. */
const STEMMERS: readonly {
  readonly script: RegExp;
  readonly languages: Readonly<Record<string, Stemmer>>;
}[] = [
  {
    script: /\p{Script=Latin}/u,
    languages: {
      en: english,
      da: danish,
      de: german,
      es: spanish,
      fi: finnish,
      fr: french,
      hu: hungarian,
      it: italian,
      lt: lithuanian,
      nl: dutch,
      no: norwegian,
      pt: portuguese,
      ro: romanian,
      sr: serbian,
      sv: swedish,
      tr: turkish,
    },
  },
  {
    script: /\p{Script=Cyrillic}/u,
    languages: { ru: russian, uk: ukrainian, bg: stemBulgarian, sr: serbian },
  },
  { script: /\p{Script=Arabic}/u, languages: { ar: arabic } },
  { script: /\p{Script=Greek}/u, languages: { el: greek } },
  { script: /\p{Script=Devanagari}/u, languages: { hi: hindi } },
  { script: /\p{Script=Armenian}/u, languages: { hy: armenian } },
];

const SAME: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', hr: 'sr', bs: 'sr', sh: 'sr' };

/** Longer words are names of things, not inflected words. */
const LONGEST = 60;

/** The stems of words by the language of their text. */
const known = new Map<string, (word: string) => readonly string[]>();
const MAX_KNOWN = 20_000;

/**
 * Returns what all forms of a word have in common: its terms in a text of the language.
 *
 * English stems are written as words are, all others after `~`, so that the stem of one language is not a word of
 * another. A word in another script than the language's is taken for the script's usual language, Russian or English.
 *
 * @param language A BCP 47 tag; undefined if it is not known.
 */
export const stemsIn = (language: string | undefined, word: string): readonly string[] =>
  stemsOf(language)(word);

/** Returns the function that gives the stems of words in texts of a language, for many words. See {@link stemsIn}. */
export function stemsOf(language = ''): (word: string) => readonly string[] {
  const before = known.get(language);
  if (before) return before;
  const stems = remember((word) => stemsFor(language, word), MAX_KNOWN);
  // Languages come from editors: those without stems would grow the map.
  if (known.size >= 100) known.clear();
  known.set(language, stems);
  return stems;
}

function stemsFor(tag: string, word: string): readonly string[] {
  const code = tag.toLowerCase().split('-')[0] ?? '';
  const languages = languagesFor(word);
  const own = SAME[code] ?? code;
  // A Latin word in a text without a language, or in Cyrillic or Arabic text, is English.
  const isForeign = code === '' || code === 'und' || hasOtherScript(own, languages);
  const [usual] = Object.keys(languages);
  const chosen = own in languages ? own : isForeign ? usual : undefined;
  const stemmer = chosen === undefined ? undefined : languages[chosen];
  return chosen === undefined || !stemmer ? [] : stemsBy(chosen, stemmer, word);
}

/** Returns the stems of a word in every language of its script, the usual one first, for a word in a search text. */
export const stemsInAnyLanguage = remember((word): readonly string[] => {
  const stems = Object.entries(languagesFor(word)).flatMap(([language, stemmer]) =>
    stemsBy(language, stemmer, word),
  );
  return [...new Set(stems)];
}, MAX_KNOWN);

type Languages = (typeof STEMMERS)[number]['languages'];

const languagesFor = (word: string): Languages =>
  STEMMERS.find(({ script }) => script.test(word))?.languages ?? {};

/** Whether the language has stemmers, all of them for other scripts. */
const hasOtherScript = (language: string, languages: Readonly<Record<string, Stemmer>>) =>
  OTHER_SCRIPTS.has(language) ||
  (STEMMERS.some((it) => language in it.languages) && !(language in languages));

/** Languages without a stemmer that are not written in Latin letters. */
const OTHER_SCRIPTS = new Set([
  'be',
  'fa',
  'he',
  'ja',
  'ka',
  'kk',
  'ko',
  'ky',
  'mk',
  'mn',
  'ps',
  'tg',
  'th',
  'ur',
  'yi',
  'zh',
]);

function stemsBy(language: string, stemmer: Stemmer, word: string): string[] {
  if (word.length > LONGEST) return [];
  const lower = word.normalize('NFC').toLowerCase();
  const plain = fold(word);
  if (language === 'en') {
    const forms = [americanSpelling(plain), ...baseFormsOf(plain)];
    return [...new Set(forms.map(stemmer))];
  }
  // As written and without accents, because many type none.
  const forms = new Set([lower, plain, ...(VARIANTS[language]?.(plain, lower) ?? [])]);
  return [...new Set([...forms].map((form) => `~${fold(stemmer(form))}`))];
}

/**
 * Forms whose stems Snowball misses: Bulgarian plurals such as `ракети`, plurals of short words in Romance languages,
 * Spanish -ión without accent, Arabic prefixes, and Russian and Ukrainian names and fleeting vowels. Snowball stems
 * Arabic words with and without an article differently, so each is read with one too.
 */
const VARIANTS: Readonly<Record<string, (plain: string, lower: string) => readonly string[]>> = {
  ar: (word) => [
    word.replace(/^[وفبك](?=ال)/, ''),
    word.replace(/^لل/, 'ال'),
    `ال${word.replace(/^ال/, '')}`,
  ],
  bg: (word) => [word.replace(/(?<=е.)и(?:те)?$/, 'а')],
  es: (word) => [word.replace(/ion$/, 'ión'), singularOf(word)],
  fr: (word) => [singularOf(word)],
  pt: (word) => [singularOf(word)],
  ru: (_, lower) => [...withoutFleetingVowelRu(lower), ...nameInOv(lower)],
  uk: (_, lower) => [...withoutFleetingVowelUk(lower), ...nameInIv(lower)],
};

/** `Лаврова` for `Лавров`, and `Киева`: Snowball takes the end of a name for that of a plural. */
const nameInOv = (word: string) => (/^..+[оеё]в$/.test(word) ? [`${word}а`] : []);

/** `Харкова` and `Харкову` for `Харків`, `Києва` and `Києву` for `Київ`: their stems differ. */
function nameInIv(word: string): string[] {
  if (!/^..+[іїое]в$/.test(word)) return [];
  const stem = word.replace(/ів$/, 'ов').replace(/їв$/, 'єв');
  return [`${stem}а`, `${stem}у`];
}

const singularOf = (word: string) => word.replace(/(?<=.{3})s$/, '');
