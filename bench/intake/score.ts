import type { QuotationKind, Span } from '../../src/intake/extract/types.js';
import { paragraphsOf, quotationKindOf, quotationsOf } from './extractor.js';
import type { Annotated, GoldText } from './gold.js';

/** Figures for one kind of quotation. */
export interface Score {
  gold: number;
  found: number;
  /** Gold that something found matches, and what is found that matches gold: spans overlap by half. */
  goldMatched: number;
  foundMatched: number;
  goldExact: number;
  foundExact: number;
  goldTouched: number;
  foundTouched: number;
  /** Of the matched whose gold has a source. */
  speakers: number;
  speakersRight: number;
}

export type Scores = Record<QuotationKind | 'ALL', Score>;

export interface Mistake {
  readonly type: 'MISSED' | 'WRONG' | 'SPEAKER';
  readonly kind: QuotationKind;
  readonly text: string;
  readonly source: string;
  readonly note: string;
  readonly name: string;
  readonly at: number;
}

export const KINDS = ['DIRECT', 'MIXED', 'REPORTED', 'ALL'] as const;

const emptyScore = (): Score => ({
  gold: 0,
  found: 0,
  goldMatched: 0,
  foundMatched: 0,
  goldExact: 0,
  foundExact: 0,
  goldTouched: 0,
  foundTouched: 0,
  speakers: 0,
  speakersRight: 0,
});

export const emptyScores = (): Scores => ({
  DIRECT: emptyScore(),
  MIXED: emptyScore(),
  REPORTED: emptyScore(),
  ALL: emptyScore(),
});

/** Half of the characters that either has are in both. */
const OVERLAP = 0.5;

/** Adds one text to the scores. Each gold attribution is matched with at most one found, the best overlap first. */
export function scoreText(
  scores: Scores,
  { text, attributions, name }: GoldText,
  found: readonly Annotated[],
): Mistake[] {
  const quotations = quotationsOf(text, paragraphsOf(text));
  const kindOf = ({ parts }: Annotated) => quotationKindOf(text, parts, quotations);
  const goldBy = match(text, attributions, found);
  const mistakes: Mistake[] = [];
  const note = (type: Mistake['type'], one: Annotated) =>
    mistakes.push({
      type,
      kind: kindOf(one),
      text: textOf(text, one.parts),
      source: textOf(text, one.source),
      note: one.note,
      name,
      at: one.parts[0]?.start ?? 0,
    });
  for (const [index, gold] of attributions.entries()) {
    const pair = goldBy.get(index);
    for (const score of [scores[kindOf(gold)], scores.ALL]) {
      score.gold += 1;
      if (!pair) continue;
      score.goldTouched += 1;
      if (pair.overlap < OVERLAP) continue;
      score.goldMatched += 1;
      if (pair.isExact) score.goldExact += 1;
      if (gold.source.length === 0) continue;
      score.speakers += 1;
      if (pair.found.source.some((one) => gold.source.some((other) => touch(one, other))))
        score.speakersRight += 1;
    }
    if (!pair || pair.overlap < OVERLAP) note('MISSED', gold);
    else if (
      gold.source.length > 0 &&
      !pair.found.source.some((one) => gold.source.some((other) => touch(one, other)))
    )
      note('SPEAKER', { ...pair.found, note: `${pair.found.note} | ${textOf(text, gold.source)}` });
  }
  const pairByFound = new Map([...goldBy.values()].map((pair) => [pair.found, pair]));
  for (const one of found) {
    const pair = pairByFound.get(one);
    for (const score of [scores[kindOf(one)], scores.ALL]) {
      score.found += 1;
      if (!pair) continue;
      score.foundTouched += 1;
      if (pair.overlap < OVERLAP) continue;
      score.foundMatched += 1;
      if (pair.isExact) score.foundExact += 1;
    }
    if (!pair || pair.overlap < OVERLAP) note('WRONG', one);
  }
  return mistakes;
}

interface Pair {
  readonly gold: number;
  readonly found: Annotated;
  readonly overlap: number;
  readonly isExact: boolean;
}

function match(text: string, gold: readonly Annotated[], found: readonly Annotated[]): Map<number, Pair> {
  const pairs = gold.flatMap((one, index) =>
    found.flatMap((other): Pair[] => {
      const overlap = overlapOf(one.parts, other.parts);
      return overlap > 0
        ? [
            {
              gold: index,
              found: other,
              overlap,
              isExact: coreOf(text, one.parts) === coreOf(text, other.parts),
            },
          ]
        : [];
    }),
  );
  const byGold = new Map<number, Pair>();
  const used = new Set<Annotated>();
  for (const pair of pairs.sort((a, b) => b.overlap - a.overlap)) {
    if (byGold.has(pair.gold) || used.has(pair.found)) continue;
    byGold.set(pair.gold, pair);
    used.add(pair.found);
  }
  return byGold;
}

const touch = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

/** The characters in both, divided by those in either. */
function overlapOf(one: readonly Span[], other: readonly Span[]): number {
  const length = (spans: readonly Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0);
  let both = 0;
  for (const a of one)
    for (const b of other) both += Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
  return both === 0 ? 0 : both / (length(one) + length(other) - both);
}

/** The places of the first and last letter or digit of each part: marks and signs at the ends do not count. */
function coreOf(text: string, parts: readonly Span[]): string {
  return parts
    .map(({ start, end }) => {
      const part = text.slice(start, end);
      const lead = part.search(/[\p{L}\p{N}]/u);
      const trimmed = part.replace(/[^\p{L}\p{N}]+$/u, '');
      return `${start + Math.max(lead, 0)}-${start + trimmed.length}`;
    })
    .join(';');
}

const textOf = (text: string, spans: readonly Span[]) =>
  spans.map(({ start, end }) => text.slice(start, end)).join(' … ');
