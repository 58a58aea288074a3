/** What a text is as a record of CSV. */
export type Scan =
  | { readonly cells: readonly string[] }
  /** A quoted cell goes on after the text's end. */
  | { readonly isOpen: true }
  /** A quote stands where none may. */
  | { readonly stray: string };

const QUOTE = '"';

/**
 * Cuts a record into its cells, as RFC 4180 has it; `text` is without the line end after it.
 *
 * Quotes stand around a whole cell, and doubled within it. Any other is told, not guessed at.
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

/** Where the quote is that closes the cell; -1 where there is none. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf(QUOTE, opening + 1);
  while (at !== -1 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
}
