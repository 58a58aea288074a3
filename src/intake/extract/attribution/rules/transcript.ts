import type { Item } from '../../text/items.js';
import type { ReadText, Sentence } from '../../text/sentences.js';
import type { Attribution } from '../attribution.js';
import { isSign } from '../clause.js';

/** The most words of a name before a colon. */
const MAX_NAME = 4;
/** The fewest words that somebody says. */
const MIN_WORDS = 3;
/** Fewer lines are headings rather than a transcript. */
const MIN_LINES = 3;

/** Reads the lines of an interview or a debate: `HALL: We will stay.` A line goes on to the end of its paragraph. */
export function readTranscript({ sentences }: ReadText): Attribution[] {
  const lines = sentences.flatMap((sentence, index) => {
    const isFirst = sentences[index - 1]?.paragraph !== sentence.paragraph;
    const colon = isFirst ? colonAfterName(sentence.items) : -1;
    return colon === -1 ? [] : [lineOf(sentences, index, colon)];
  });
  return lines.length < MIN_LINES ? [] : lines;
}

function colonAfterName(items: readonly Item[]): number {
  const colon = items.findIndex((item) => isSign(item, ':'));
  if (colon < 1 || items.length - colon - 1 < MIN_WORDS || items[colon + 1]?.type === 'QUOTATION') return -1;
  const words = items.slice(0, colon).filter((item) => !isSign(item, '.'));
  const isName =
    words.length <= MAX_NAME && words.every(({ type, isCapitalised }) => type === 'WORD' && isCapitalised);
  return isName && !LABELS.has(words[0]?.lower ?? '') ? colon : -1;
}

const LABELS = new Set(
  'note photo photos video source sources related update updates correction editor read watch more also question'.split(
    ' ',
  ),
);

function lineOf(sentences: readonly Sentence[], index: number, colon: number): Attribution {
  const { items, paragraph } = sentences[index] as Sentence;
  const last = sentences.findLast((one) => one.paragraph === paragraph);
  const cue = items[colon] as Item;
  const isQuestion = isSign(last?.items.at(-1), '?');
  return {
    parts: [{ start: items[colon + 1]?.start ?? cue.end, end: last?.end ?? cue.end }],
    cue: { start: cue.start, end: cue.end },
    source: { start: items[0]?.start ?? cue.start, end: items[colon - 1]?.end ?? cue.start },
    rule: 'transcript-line',
    grade: isQuestion ? 'D' : 'B',
    isDenial: false,
    isStance: isQuestion,
    sentence: index,
  };
}
