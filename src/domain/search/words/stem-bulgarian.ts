/**
 * Returns the stem of a Bulgarian word, by the light stemmer of Nakov and Savoy as Lucene has it. The one of
 * `@orama/stemmers` throws for words such as `запрещен`, because it assigns to the letters of a string.
 */
export function stemBulgarian(word: string): string {
  if (word.length < 4) return word;
  if (word.length > 5 && word.endsWith('ища')) return word.slice(0, -3);
  return withoutFleetingVowel(withoutGender(firstOf(PLURALS, firstOf(ARTICLES, word))));
}

interface Ending {
  /** The fewest letters of a word that it is cut from. */
  readonly least: number;
  readonly ending: RegExp;
  readonly by: string;
}

const ARTICLES: readonly Ending[] = [
  { least: 7, ending: /ият$/, by: '' },
  { least: 6, ending: /(?:ът|то|те|та|ия)$/, by: '' },
  { least: 5, ending: /ят$/, by: '' },
];

const PLURALS: readonly Ending[] = [
  { least: 7, ending: /овци$/, by: 'о' },
  { least: 7, ending: /ове$/, by: '' },
  { least: 7, ending: /еве$/, by: 'й' },
  { least: 6, ending: /ища$/, by: '' },
  { least: 6, ending: /та$/, by: '' },
  { least: 6, ending: /ци$/, by: 'к' },
  { least: 6, ending: /зи$/, by: 'г' },
  { least: 6, ending: /е(.)и$/, by: 'я$1' },
  { least: 5, ending: /си$/, by: 'х' },
  { least: 5, ending: /и$/, by: '' },
];

function firstOf(endings: readonly Ending[], word: string): string {
  const found = endings.find(({ least, ending }) => word.length >= least && ending.test(word));
  return found ? word.replace(found.ending, found.by) : word;
}

const withoutGender = (word: string) =>
  word.length > 3 ? word.replace(/я$/, '').replace(/[аое]$/, '') : word;

function withoutFleetingVowel(word: string): string {
  const stem = word.length > 4 ? word.replace(/ен$/, 'н') : word;
  return stem.length > 5 ? stem.replace(/ъ(.)$/, '$1') : stem;
}
