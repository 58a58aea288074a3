/** The result of scanning a record of CSV. */
export type Scan =
  | { readonly cells: readonly string[] }
  /** A quoted cell is still open at the end of the text. */
  | { readonly isOpen: true }
  /** The cell has a quote where none is allowed. */
  | { readonly stray: string };

const QUOTE = '"';

/**
 * Splits a record into its cells by RFC 4180. `text` has no line end.
 *
 * Quotes enclose a whole cell, or are doubled within it. Any other quote is an error, not a guess.
 */
export function scanCells(text: string, delimiter: string): Scan {
  const cells: string[] = [];
  for (let start = 0; ; ) {
    const isQuoted = text[start] === QUOTE;
    const end = isQuoted ? closingQuote(text, start) + 1 : cellEnd(text, start, delimiter);
    if (isQuoted && end === 0) return { isOpen: true };
    const cell = isQuoted ? text.slice(start + 1, end - 1) : text.slice(start, end);
    if (!isQuoted && cell.includes(QUOTE)) return { stray: cell };
    cells.push(isQuoted && cell.includes(QUOTE) ? cell.replaceAll('""', QUOTE) : cell);
    if (end === text.length) return { cells };
    if (text[end] !== delimiter) return { stray: text.slice(start, cellEnd(text, end, delimiter)) };
    start = end + 1;
  }
}

function cellEnd(text: string, from: number, delimiter: string): number {
  const at = text.indexOf(delimiter, from);
  return at === -1 ? text.length : at;
}

/** Returns the index of the closing quote, or -1. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf(QUOTE, opening + 1);
  while (at !== -1 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
}
