import type { Item } from '../text/items.js';
import type { ReadText, Sentence } from '../text/sentences.js';
import type { Grade, Span } from '../types.js';
import type { Attribution } from './attribution.js';
import { isSign, type Range } from './clause.js';
import { readCue } from './cues.js';
import { followQuotations } from './follow.js';
import type { Lexicon } from './lexicon.js';
import { readAccordingTo } from './rules/according-to.js';
import { readAsked } from './rules/asked.js';
import { mainSubject, readLeftOver } from './rules/fallback.js';
import type { Found } from './rules/found.js';
import { readNounThat } from './rules/noun-that.js';
import { readTranscript } from './rules/transcript.js';

/** Finds quoted and reported speech, in the order of the text. */
export function findAttributions(read: ReadText, lexicon: Lexicon): Attribution[] {
  const attributions = read.sentences.flatMap((sentence, index) => attributionsIn(sentence, index, lexicon));
  const transcript = readTranscript(read);
  if (transcript.length === 0) return followQuotations(read, attributions, lexicon);
  const isSpoken = (sentence: number) =>
    transcript.some(
      (line) => read.sentences[line.sentence]?.paragraph === read.sentences[sentence]?.paragraph,
    );
  const others = followQuotations(read, attributions, lexicon).filter(({ sentence }) => !isSpoken(sentence));
  return [...others, ...transcript].toSorted((a, b) => a.sentence - b.sentence);
}

function attributionsIn(sentence: Sentence, index: number, lexicon: Lexicon): Attribution[] {
  const { items } = sentence;
  const found = items.flatMap((_, at) => {
    const according = readAccordingTo(items, at, lexicon);
    if (according) return [according];
    const other = readAsked(items, at, lexicon) ?? readNounThat(items, at, lexicon);
    return other ? [other] : readCue(items, at, lexicon);
  });
  const kept: Found[] = [];
  for (const one of found.toSorted((a, b) => a.rank - b.rank || a.cue.from - b.cue.from)) {
    const rival = kept.findIndex((other) => overlap(one, other));
    if (rival === -1) {
      kept.push(one);
      continue;
    }
    // `Asked if he would go, he laughed and said, “No.”` A quotation with its own verb ends the clause before it.
    const shortened =
      one.rule === 'speaker-verb-quote' || one.rule === 'speaker-verb-colon'
        ? shorten(items, kept[rival] as Found, one)
        : undefined;
    if (!shortened || kept.some((other, index) => index !== rival && overlap(one, other))) continue;
    kept[rival] = shortened;
    kept.push(one);
  }
  kept.push(...readLeftOver(items, kept, lexicon));
  kept.sort((a, b) => a.cue.from - b.cue.from);
  let subject: Range | null = null;
  return kept.map((one) => {
    if (one.source && !one.isShared) subject = one.source;
    const source =
      one.source ?? (one.isShared ? (subject ?? mainSubject(items, one.cue.from, lexicon)) : null);
    return {
      parts: one.contents.map((range) => spanOf(items, range)),
      cue: spanOf(items, one.cue),
      source: source && spanOf(items, source),
      rule: one.rule,
      grade: gradeOf(one),
      isDenial: one.isDenial,
      isStance: one.isStance,
      sentence: index,
    };
  });
}

const gradeOf = ({ rank, isStance, rule }: Found): Grade => {
  if (isStance) return 'D';
  if (rank <= 1) return 'A';
  return rule === 'speaker-verb-clause' || rule === 'speaker-verb-circumstance' ? 'C' : 'B';
};

/** Ends the content of `first` at the last comma before the source of `second`. */
function shorten(items: readonly Item[], first: Found, second: Found): Found | undefined {
  const [content] = first.contents;
  if (!content || first.contents.length > 1 || first.rank < 2) return undefined;
  let at = Math.min(second.cue.from, second.source?.from ?? second.cue.from);
  while (at > content.from && !isSign(items[at - 1], ',;—–')) at -= 1;
  if (at <= content.from + 1 || at > content.to) return undefined;
  return { ...first, contents: [{ from: content.from, to: at - 1 }] };
}

/** Whether the cue or the content of one lies in the content of the other. */
function overlap(one: Found, other: Found): boolean {
  const touches = (a: Range, b: Range) => a.from < b.to && b.from < a.to;
  const within = (a: Found, b: Found) =>
    b.contents.some((content) => touches(a.cue, content) || a.contents.some((own) => touches(own, content)));
  return (
    within(one, other) ||
    other.contents.length === 0 ||
    one.contents.some((content) => touches(other.cue, content))
  );
}

const spanOf = (items: readonly Item[], { from, to }: Range): Span => ({
  start: items[from]?.start ?? 0,
  end: items[Math.max(from, to - 1)]?.end ?? 0,
});
