import { createRandom, type Random, zipf } from './random.js';

const FREQUENT = 'the of and to in a on for that with as by at from was were is will be its has not'.split(
  ' ',
);

const SUBJECT = (
  'missile treaty nuclear force range defence exercise strategic launch warhead statement minister ministry ' +
  'deployment state border test system arms control talks army naval air ballistic cruise doctrine military ' +
  'security agreement president command official region weapon weapons threat response alliance moratorium ' +
  'verification inspection limit production reduction deterrence capability exercise brigade battery silo ' +
  'submarine bomber aircraft radar interceptor satellite test-site proposal announcement withdrawal suspension ' +
  'compliance violation allegation negotiation delegation summit communique declaration notification transfer ' +
  'stockpile readiness manoeuvre escalation dialogue restraint reciprocity transparency parliament budget'
).split(' ');

const FREQUENT_CYRILLIC = (
  'и в не на что с по к из у за от мы это как для ракета договор оборона граница армия удар ядерный заявление ' +
  'министр президент учения безопасность угроза ответ размещение мораторий переговоры вооружение контроль сила'
).split(' ');

const CONSONANTS = 'b c d f g h k l m n p r s t v w'.split(' ');
const VOWELS = 'a e i o u'.split(' ');

/** Returns an invented word of two to four syllables. */
export function madeUp(random: Random, syllables = random.between(2, 4)): string {
  let word = '';
  for (let at = 0; at < syllables; at += 1) word += random.pick(CONSONANTS) + random.pick(VOWELS);
  return word;
}

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('abcdefghiklmnoprstuvwyz', (letter, at) => [letter, 'абцдефгхиклмнопрстуввыз'.charAt(at)]),
);

/** Transliterates the word to Cyrillic. */
export const inCyrillic = (word: string): string =>
  Array.from(word, (letter) => {
    const small = LETTERS[letter.toLowerCase()] ?? letter;
    return letter === letter.toLowerCase() ? small : small.toUpperCase();
  }).join('');

const TAIL = 20_000;

/** 20,000 words that no name contains: they end in a consonant and names do not. */
function rareWords(): string[] {
  const random = createRandom(17);
  const words = new Set<string>();
  while (words.size < TAIL) words.add(`${madeUp(random)}${random.pick(['n', 'r', 'l', 'k', 'x'])}`);
  return [...words];
}

const RARE = rareWords();

const english = zipf([...FREQUENT, ...SUBJECT, ...RARE], 1.05);
const russian = zipf([...FREQUENT_CYRILLIC, ...RARE.map(inCyrillic)], 1.05);

/** Returns a rare word by its rank, for searches with few hits. */
export const rareWord = (rank: number): string => RARE[rank % TAIL] as string;

/** Returns text of the given number of words. */
export function prose(random: Random, words: number, cyrillic = false): string {
  const word = cyrillic ? russian : english;
  let text = '';
  let starts = true;
  for (let at = 0; at < words; at += 1) {
    const next = word(random.next());
    text += at === 0 ? '' : ' ';
    text += starts ? next.charAt(0).toUpperCase() + next.slice(1) : next;
    starts = at < words - 1 && random.chance(0.07);
    if (starts) text += '.';
  }
  return text;
}
