/** Blanks, and the apostrophes of Swiss numbers, which separate thousands. */
const SEPARATORS = /(?<=\d)[\s\u00a0\u2009\u202f'’](?=\d{3}(?!\d))/gu;

const WORDS: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

const NUMBER = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?)(?:\s+(thousand|million|billion|trillion))?$/i;

/**
 * Reads a number as people write it: `5,500`, `5 500`, `−1.5`, `1.5 million`, `1e3`.
 *
 * @param decimal The decimal separator. The other one of comma and point separates thousands, in groups of three digits.
 * @returns undefined for anything else, such as `0x10`, `1,5` with a decimal point, and `10–20`.
 */
export function readNumber(text: string, decimal: '.' | ',' = '.'): number | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^[−–](?=\d)/u, '-')
    .replaceAll(SEPARATORS, '');
  const [whole = '', ...rest] = plain.split(decimal);
  if (rest.length > 1) return undefined;
  const group = decimal === '.' ? ',' : '.';
  const isGrouped = new RegExp(`^[+-]?\\d{1,3}(?:\\${group}\\d{3})+(?!\\d)`).test(whole);
  const digits = isGrouped ? whole.replaceAll(group, '') : whole;
  const match = NUMBER.exec(rest.length === 0 ? digits : `${digits}.${rest[0]}`);
  if (!match) return undefined;
  const number = Number(match[1]) * (WORDS[match[2]?.toLowerCase() ?? ''] ?? 1);
  return Number.isFinite(number) ? number : undefined;
}
