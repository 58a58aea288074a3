/**
 * Returns whether a number as it is written in JSON or GraphQL keeps its value as a double. False for numbers that
 * become infinite or 0, and for whole numbers that become another one. Fractions are rounded, as everywhere.
 */
export function isExact(written: string): boolean {
  const value = Number(written);
  if (!Number.isFinite(value)) return false;
  if (value === 0) return !/^[^eE]*[1-9]/.test(written);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(written) || BigInt(written) === BigInt(value);
}

/** Says which number does not fit, and what to do. */
export const inexact = (written: string): string =>
  `Expected numbers that fit into 64-bit floating point; got ${written.slice(0, 40)}. Send another number, or a string where one is allowed.`;
