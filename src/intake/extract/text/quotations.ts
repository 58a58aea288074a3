import type { Span } from '../types.js';
import { isSpace } from './paragraphs.js';

/** The words between two quotation marks, at the outermost level. */
export interface Quotation extends Span {
  /** Without the marks. */
  readonly inner: Span;
  readonly isClosed: boolean;
  /** Whether the next paragraph goes on with it: it is not closed, and the next one opens with a mark. */
  readonly continues: boolean;
}

const OPENING = '“„«‟〝';
const CLOSING = '”»“〞';
const STRAIGHT = '"＂';
/** Two apostrophes or grave accents that stand for a quotation mark, and what is put for the second of them. */
const PAIR = /''|``|’’|‘‘/g;
const FILLER = '\u200b';
const SINGLE_OPENING = '‘‚‹';
const SINGLE_CLOSING = '’›';

/** Finds the quotations of each paragraph. Marks within quotations belong to them. */
export function quotationsOf(original: string, paragraphs: readonly Span[]): Quotation[] {
  // Two apostrophes are a mark. The text keeps its length.
  const text = original.replaceAll(PAIR, `"${FILLER}`);
  const style = usesSingleMarks(text) ? SINGLE : DOUBLE;
  return paragraphs.flatMap((paragraph, index) => {
    const next = paragraphs[index + 1];
    const opensNext = next !== undefined && style.opens(text, next.start, next);
    return quotationsIn(text, paragraph, style, opensNext);
  });
}

interface Style {
  opens(text: string, at: number, within: Span): boolean;
  closes(text: string, at: number, opener: string, within: Span): boolean;
}

const DOUBLE: Style = {
  opens(text, at, within) {
    const mark = text.charAt(at);
    if (OPENING.includes(mark)) return true;
    return STRAIGHT.includes(mark) && startsWord(text, at, within);
  },
  closes(text, at, opener) {
    const mark = text.charAt(at);
    if (STRAIGHT.includes(mark)) return true;
    if (opener === '«') return mark === '»';
    return CLOSING.includes(mark) && (mark !== '“' || opener === '„');
  },
};

const SINGLE: Style = {
  opens(text, at, within) {
    const mark = text.charAt(at);
    return (SINGLE_OPENING.includes(mark) || mark === "'") && startsWord(text, at, within);
  },
  // An apostrophe behind a plural (`the states’ forces`) looks the same: a closing mark follows a sign or ends a clause.
  closes(text, at, _opener, within) {
    const mark = text.charAt(at);
    if (!SINGLE_CLOSING.includes(mark) && mark !== "'") return false;
    if (at + 1 < within.end && /[\p{L}\p{N}]/u.test(text.charAt(at + 1))) return false;
    return (
      /[\p{P}]/u.test(text.charAt(at - 1)) ||
      at + 1 >= within.end ||
      /[.,;:)!?]/.test(text.charAt(at + 1)) ||
      text.charAt(at - 1) !== 's'
    );
  },
};

/** Whether a straight mark stands where a word begins. */
function startsWord(text: string, at: number, { start, end }: Span): boolean {
  const isAtStart =
    at === start || isSpace(text.charCodeAt(at - 1)) || '([—–-/“«‘'.includes(text.charAt(at - 1));
  return isAtStart && at + 1 < end && !isSpace(text.charCodeAt(at + 1));
}

function usesSingleMarks(text: string): boolean {
  let [single, double] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    const isAtStart = at === 0 || isSpace(text.charCodeAt(at - 1));
    if (!isAtStart) continue;
    if (OPENING.includes(mark) || STRAIGHT.includes(mark)) double += 1;
    if ((SINGLE_OPENING.includes(mark) || mark === "'") && /\p{L}/u.test(text.charAt(at + 1))) single += 1;
  }
  return single > double;
}

function quotationsIn(text: string, paragraph: Span, style: Style, opensNext: boolean): Quotation[] {
  const found: Quotation[] = [];
  const openers: string[] = [];
  let start = -1;
  const close = (at: number, isClosed: boolean) => {
    let end = at;
    const length = (at: number) => (text.charAt(at + 1) === FILLER ? 2 : 1);
    const inner = { start: start + length(start), end: at };
    if (isClosed) end += length(end);
    found.push({ start, end, inner, isClosed, continues: !isClosed && end === paragraph.end && opensNext });
    openers.length = 0;
    start = -1;
  };
  for (let at = paragraph.start; at < paragraph.end; at += 1) {
    const opener = openers.at(-1);
    if (opener !== undefined && style.closes(text, at, opener, paragraph)) {
      if (openers.length === 1) close(at, true);
      else openers.pop();
    } else if (style.opens(text, at, paragraph)) {
      // `“` within `“` is a mark that was never closed. `«` within `«` is a quotation within one.
      if (opener !== undefined && opener !== '«' && opener !== '„') close(at, false);
      if (openers.length === 0) start = at;
      openers.push(text.charAt(at));
    }
  }
  if (start !== -1) close(paragraph.end, false);
  return found;
}
