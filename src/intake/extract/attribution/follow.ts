import type { Quotation } from '../text/quotations.js';
import type { ReadText, Sentence } from '../text/sentences.js';
import type { Attribution } from './attribution.js';
import { isSign } from './clause.js';
import type { Lexicon } from './lexicon.js';
import { mainSubject } from './rules/fallback.js';
import { readSignature } from './rules/signature.js';
import { readTagInside } from './rules/tag-inside.js';

/** Gives quotations that stand alone to the speaker before them: `…,” he said. “And …”`, and the next paragraph of an unclosed one. */
export function followQuotations(
  read: ReadText,
  found: readonly Attribution[],
  lexicon: Lexicon,
): Attribution[] {
  const bySentence = new Map<number, Attribution[]>();
  for (const one of found) bySentence.set(one.sentence, [...(bySentence.get(one.sentence) ?? []), one]);
  const all: Attribution[] = [];
  let last: { attribution: Attribution; paragraph: number; isOpen: boolean } | undefined;
  for (const [index, sentence] of read.sentences.entries()) {
    const own = bySentence.get(index) ?? [];
    const lone = own.length === 0 ? loneQuotation(sentence) : undefined;
    const isAlone = own.every(({ cue }) => cue === null || cue.end <= cue.start);
    const tagged = isAlone
      ? (readSignature(sentence, read.sentences[index + 1], index) ??
        (lone && readTagInside(read.text, lone, index, lexicon)))
      : undefined;
    if (tagged) {
      all.push(tagged);
      last = { attribution: tagged, paragraph: sentence.paragraph, isOpen: false };
      continue;
    }
    if (
      lone &&
      last &&
      (last.isOpen ||
        (last.paragraph === sentence.paragraph && !isSign(read.sentences[index - 1]?.items.at(-1), ':')))
    ) {
      const joined: Attribution = { ...last.attribution, parts: [...last.attribution.parts, lone] };
      all[all.indexOf(last.attribution)] = joined;
      last = { attribution: joined, paragraph: sentence.paragraph, isOpen: lone.continues };
      continue;
    }
    if (lone && own.length === 0) {
      const introduced = introducedBy(read.sentences[index - 1], lone, index, lexicon);
      if (introduced) {
        all.push(introduced);
        last = { attribution: introduced, paragraph: sentence.paragraph, isOpen: lone.continues };
        continue;
      }
    }
    all.push(...own);
    const attribution = own.findLast((one) => hasQuotation(one, sentence)) ?? own.at(-1);
    const quotation = sentence.items.findLast((item) => item.quotation)?.quotation;
    if (attribution)
      last = { attribution, paragraph: sentence.paragraph, isOpen: quotation?.continues ?? false };
    else if (last && last.paragraph !== sentence.paragraph) last = undefined;
  }
  return all;
}

/** `The minister went further:` and a paragraph with the quotation. */
function introducedBy(
  before: Sentence | undefined,
  { start, end }: Quotation,
  sentence: number,
  lexicon: Lexicon,
): Attribution | undefined {
  const last = before?.items.at(-1);
  if (!before || !isSign(last, ':')) return undefined;
  const subject = mainSubject(before.items, before.items.length - 1, lexicon);
  const [first, end_] = subject ? [before.items[subject.from], before.items[subject.to - 1]] : [];
  return {
    parts: [{ start, end }],
    cue: last ? { start: last.start, end: last.end } : null,
    source: first && end_ ? { start: first.start, end: end_.end } : null,
    rule: 'colon-then-paragraph',
    grade: 'B',
    isDenial: false,
    isStance: false,
    sentence,
  };
}

/** The quotation that is a whole sentence. */
function loneQuotation({ items }: Sentence): Quotation | undefined {
  const words = items.filter(({ type }) => type !== 'SIGN');
  return words.length === 1 ? words[0]?.quotation : undefined;
}

const hasQuotation = ({ parts }: Attribution, { items }: Sentence) =>
  items.some(
    ({ quotation }) =>
      quotation && parts.some((part) => part.start <= quotation.start && quotation.end <= part.end),
  );
