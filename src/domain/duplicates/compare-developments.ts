import type { DevelopmentKind } from '../../generated/prisma/enums.js';
import { foldName } from '../references/named/keys.js';
import { type Comparison, type DuplicateReason, LEAST_SCORE, rounded } from './comparison.js';

/** A development as suggestions compare it. */
export interface ComparedDevelopment {
  readonly id: string;
  readonly kind: DevelopmentKind;
  readonly earliest: string;
  readonly latest: string;
  readonly headline: string;
  readonly quotation: string | null;
  readonly translation: string | null;
  readonly excerpts: readonly string[];
  readonly actorIds: readonly string[];
  /** Sources that few developments cite: a data set that thousands cite says nothing. */
  readonly sourceIds: readonly string[];
}

/** Texts with fewer letters are equal by chance. */
const LEAST_TEXT = 25;

/**
 * Compares two developments of one kind with overlapping dates. Deterministic.
 *
 * @returns undefined if they are not alike. Actors and dates alone do not suffice: a minister speaks twice a day.
 */
export function compareDevelopments(
  one: ComparedDevelopment,
  other: ComparedDevelopment,
): Comparison | undefined {
  if (one.kind !== other.kind || one.earliest > other.latest || other.earliest > one.latest) return undefined;
  const found = [headlines(one, other), texts(one, other), sources(one, other)].flatMap((it) => it ?? []);
  if (found.length === 0) return undefined;
  const actors = sharedActors(one, other);
  const best = Math.max(...found.map(({ score }) => score));
  const score = rounded(best + 0.1 * (found.length - 1) + actors.score);
  const reasons = [...found.map(({ reason }) => reason), ...(actors.reason ? [actors.reason] : [])];
  return score >= LEAST_SCORE ? { score, reasons, doubts: [] } : undefined;
}

interface Scored {
  readonly score: number;
  readonly reason: DuplicateReason;
}

function headlines({ headline: one }: ComparedDevelopment, { headline: other }: ComparedDevelopment) {
  if (foldName(one) === foldName(other)) return scored('SAME_HEADLINE', 0.6, 'the same headline', one, other);
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  const share = common / (a.size + b.size - common);
  if (a.size < 3 || b.size < 3 || share < 0.6 || !haveSameNumbers(a, b)) return undefined;
  const text = `${common} of ${Math.max(a.size, b.size)} words of the headlines are the same`;
  return scored('NEAR_HEADLINE', 0.2 + 0.4 * share, text, one, other);
}

/** A second round, and the 55th day, are not the first and the 54th. */
function haveSameNumbers(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const numbers = (words: ReadonlySet<string>) =>
    [...words]
      .filter((word) => /\d/.test(word))
      .sort()
      .join(' ');
  return numbers(a) === numbers(b);
}

function texts(one: ComparedDevelopment, other: ComparedDevelopment): Scored | undefined {
  for (const part of ['quotation', 'translation'] as const) {
    const [a, b] = [one[part], other[part]];
    if (isSameText(a, b)) return scored('SAME_QUOTATION', 0.8, 'the same words are quoted', a, b);
  }
  const excerpt = one.excerpts.find((text) => other.excerpts.some((their) => isSameText(text, their)));
  return excerpt === undefined
    ? undefined
    : scored('SAME_EXCERPT', 0.7, 'the same excerpt is cited', excerpt, excerpt);
}

function isSameText(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  const [a, b] = [foldName(one), foldName(other)];
  return a === b && a.length >= LEAST_TEXT;
}

function sources(one: ComparedDevelopment, other: ComparedDevelopment): Scored | undefined {
  const count = one.sourceIds.filter((id) => other.sourceIds.includes(id)).length;
  if (count === 0) return undefined;
  const text = count === 1 ? 'both cite the same source' : `both cite ${count} of the same sources`;
  return scored('SAME_SOURCE', 0.35, text, null, null);
}

function sharedActors(
  one: ComparedDevelopment,
  other: ComparedDevelopment,
): { readonly score: number; readonly reason?: DuplicateReason } {
  const count = one.actorIds.filter((id) => other.actorIds.includes(id)).length;
  // Two ministers of one conference say the same day what differs.
  if (count === 0) return { score: one.actorIds.length > 0 && other.actorIds.length > 0 ? -0.2 : 0 };
  const text = `${count === 1 ? 'the same actor' : `${count} of the same actors`} on the same days`;
  return { score: 0.15, reason: { type: 'SHARED_ACTORS', text, one: null, other: null } };
}

const scored = (
  type: DuplicateReason['type'],
  score: number,
  text: string,
  one: string | null,
  other: string | null,
): Scored => ({ score, reason: { type, text, one, other } });

const wordsOf = (text: string): Set<string> => new Set(foldName(text).match(/[\p{L}\p{N}]+/gu) ?? []);
