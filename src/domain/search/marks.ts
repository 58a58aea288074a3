import { type AnalyseOptions, analyse, type Term } from './analyse.js';
import type { Pattern, Step } from './patterns.js';

export interface HighlightPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A part of a text that matches, as offsets. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

/** The most places that are compared for one text, so that a long phrase in a repetitive text ends. */
const MAX_COMPARED = 100_000;

/** The terms at each place of a text. */
type Places = ReadonlyMap<number, readonly Term[]>;

/** Returns the parts of a text where one of the patterns is, in order, without overlaps. */
export function findMarks(text: string, patterns: readonly Pattern[], options: AnalyseOptions): Mark[] {
  const { terms } = analyse(text, options);
  const places = new Map<number, Term[]>();
  for (const term of terms) {
    const there = places.get(term.at);
    if (there) there.push(term);
    else places.set(term.at, [term]);
  }
  const marks: Mark[] = [];
  let compared = 0;
  for (const steps of patterns) {
    const [first] = steps;
    const starts = new Set(terms.filter((term) => isAt(first, term)).map(({ at }) => at));
    for (const start of starts) {
      const found = marksFrom(start, steps, places);
      compared += found.length;
      if (found.length === steps.length) marks.push(...found);
      if (compared > MAX_COMPARED) break;
    }
  }
  return merged(marks.sort((one, other) => one.start - other.start || one.end - other.end));
}

/** Returns the parts that the first steps of a pattern match from a place on, up to one that does not match. */
function marksFrom(start: number, steps: Pattern, places: Places): Mark[] {
  const marks: Mark[] = [];
  let place = start;
  for (const step of steps) {
    place += step.after;
    const mark = shortest(places.get(place) ?? [], step);
    if (!mark) break;
    marks.push(mark);
  }
  return marks;
}

/** Returns the shortest term that matches: the word itself, and not a designation that begins with it. */
function shortest(terms: readonly Term[], step: Step): Term | undefined {
  let best: Term | undefined;
  for (const term of terms) {
    if (isAt(step, term) && (!best || term.end - term.start < best.end - best.start)) best = term;
  }
  return best;
}

const isAt = ({ terms, prefixes }: Step, { text }: Term) =>
  terms.includes(text) || prefixes.some((prefix) => text.startsWith(prefix));

function merged(marks: readonly Mark[]): Mark[] {
  const apart: Mark[] = [];
  for (const { start, end } of marks) {
    const last = apart.at(-1);
    if (last && start < last.end)
      apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else apart.push({ start, end });
  }
  return apart;
}

/** Returns a text in parts. */
export function partsOf(text: string, marks: readonly Mark[], from = 0, to = text.length): HighlightPart[] {
  const parts: HighlightPart[] = [];
  let end = from;
  for (const mark of marks) {
    parts.push({ text: text.slice(end, mark.start), isHit: false });
    parts.push({ text: text.slice(mark.start, mark.end), isHit: true });
    end = mark.end;
  }
  parts.push({ text: text.slice(end, to), isHit: false });
  return parts.filter((part) => part.text !== '');
}

/** The most passages of a text, and the characters that each shows around its first mark. */
const PASSAGES = 3;
const BEFORE = 80;
const AFTER = 160;
/** Separates passages. */
const GAP = ' … ';

/** Returns the passages around the first marks of a long text. */
export function passagesOf(text: string, marks: readonly Mark[]): HighlightPart[] {
  const passages: { from: number; to: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const last = passages.at(-1);
    if (last && mark.end <= last.to) {
      last.marks.push(mark);
      continue;
    }
    if (passages.length === PASSAGES) break;
    const from = Math.max(last?.to ?? 0, wordStart(text, mark.start - BEFORE));
    passages.push({ from, to: Math.max(mark.end, wordEnd(text, mark.start + AFTER)), marks: [mark] });
  }
  return passages.flatMap(({ from, to, marks: within }, index) => [
    ...(index > 0 ? [{ text: GAP, isHit: false }] : []),
    ...partsOf(text, within, from, to),
  ]);
}

/** Returns the beginning of the first word after an offset. */
function wordStart(text: string, offset: number): number {
  if (offset <= 0) return 0;
  const blank = text.slice(offset, offset + BEFORE / 2).search(/\s\S/);
  return blank === -1 ? offset : offset + blank + 1;
}

/** Returns the end of the last word before an offset. */
function wordEnd(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  const blank = text.slice(offset - AFTER / 2, offset).lastIndexOf(' ');
  return blank === -1 ? offset : offset - AFTER / 2 + blank;
}
