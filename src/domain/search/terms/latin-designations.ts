import type { Atom } from './atoms.js';

/** Folded Cyrillic letters in Latin, as designations are transliterated. */
const TRANSLITERATED: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
  },
  ...{
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    ш: 'sh',
    щ: 'shch',
  },
  ...{ ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', є: 'ye' },
};

/** Letters that people take for Latin ones. `Р` is not among them: as P it would be the usual form of `П`. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', с: 'c', т: 't', х: 'x' },
};

const CYRILLIC = /\p{Script=Cyrillic}/u;
const LETTERS = /\p{Script=Cyrillic}/gu;

/** Longer words are not parts of designations, and words apart from their number seldom are. */
const LONGEST = 8;
const LONGEST_APART = 4;

/**
 * Returns a joined designation in Latin letters, if it has Cyrillic ones: `Х-101` is `kh101` and `x101`, `С-400` is `s400`
 * and, read by the shape of the letter, `c400`. Within words `х` is also h: `Шахед-136` is `shahed136`.
 */
export function latinDesignations(joined: string, parts: readonly Atom[]): readonly string[] {
  if (!CYRILLIC.test(joined) || !parts.some(({ kind }) => kind === 'NUMBER')) return [];
  const longest = parts.some(({ link }, index) => index > 0 && link === 'SPACE') ? LONGEST_APART : LONGEST;
  if (parts.some(({ kind, forms }) => kind === 'WORD' && forms[0].length > longest)) return [];
  const transliterated = joined.replace(LETTERS, (letter) => TRANSLITERATED[letter] ?? letter);
  const isAlone = parts.some(({ forms }) => forms[0] === 'х');
  const withX = joined
    .replaceAll('х', isAlone ? 'x' : 'h')
    .replace(LETTERS, (letter) => TRANSLITERATED[letter] ?? letter);
  const alike = joined.replace(LETTERS, (letter) => LOOK_ALIKE[letter] ?? letter);
  return [...new Set([transliterated, withX, alike])].filter((form) => !CYRILLIC.test(form));
}

/**
 * Returns the other Latin form of a designation with the Russian letter `Х`, for searches: `kh22` for `x22`, which has its
 * shape, and `x22` for `kh22`. A text has one of them.
 */
export function otherKh(joined: string, [letter, number]: readonly Atom[]): readonly string[] {
  if (letter?.kind !== 'WORD' || number?.kind !== 'NUMBER') return [];
  const [form] = letter.forms;
  if (form === 'x') return [`kh${joined.slice(1)}`];
  return form === 'kh' ? [`x${joined.slice(2)}`] : [];
}
