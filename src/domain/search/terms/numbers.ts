import { fold } from '../fold.js';

/** A number in a text: its readings, the usual one first, and its place within what was read. */
export interface ReadNumber {
  readonly written: string;
  readonly forms: readonly [string, ...string[]];
  readonly start: number;
  readonly end: number;
}

/** One or several groups of three digits after one to three. */
const GROUPED = /^(\d{1,3}(?:([,. '])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?$/;
const DECIMAL = /^(\d+)[.,](\d+)$/;

/**
 * Reads digits with points, commas and blanks between them: `5,500` is 5500, `1.50` is 1.5, `1.180` can be either 1.18 or
 * 1180. Digits that are no number, such as a date or a version, are several.
 *
 * @param isAttached Whether letters touch it, so that a point does not make it a fraction: `M51.3`.
 * @returns Offsets within the digits.
 */
export function readNumber(written: string, isAttached: boolean): ReadNumber[] {
  const plain = written
    .replaceAll(/[^\P{Nd}0-9]/gu, fold)
    .replaceAll(/[\u00a0\u2009\u202f]/g, ' ')
    .replaceAll('’', "'");
  const whole = (...forms: [string, ...string[]]): ReadNumber[] => [
    { written, forms, start: 0, end: written.length },
  ];
  if (/^\d+$/.test(plain)) return whole(cut(plain));
  const [, integer, separator, fraction] = GROUPED.exec(plain) ?? [];
  if (integer !== undefined && separator !== undefined) {
    const joined = cut(integer.replaceAll(separator, ''));
    if (fraction !== undefined) return whole(decimal(joined, fraction));
    // A single group after a point is a fraction in English and thousands elsewhere.
    const [first = '', second = '', ...others] = integer.split(separator);
    if (separator === '.' && others.length === 0) return whole(decimal(first, second), joined);
    return whole(joined);
  }
  const [, before, after] = DECIMAL.exec(plain) ?? [];
  if (before !== undefined && after !== undefined && !isAttached) return whole(decimal(before, after));
  return [...written.matchAll(/\p{Nd}+/gu)].map(({ 0: digits, index }) => ({
    written: digits,
    forms: [cut(fold(digits))],
    start: index,
    end: index + digits.length,
  }));
}

const decimal = (integer: string, fraction: string) =>
  cut([integer, fraction.replace(/0+$/, '')].filter((part) => part !== '').join('.'));

const cut = (digits: string) => digits.slice(0, 600);
