import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { type Confidence, Prisma, type SourceReliability } from '../../../generated/prisma/client.js';
import { InvalidInputError } from '../../errors.js';
import type { CitationContent, DevelopmentContent } from '../content/content.js';

/** The properties of a source that the grade of a citation depends on. */
export interface SourceGrade {
  readonly reliability: SourceReliability;
  readonly publisher: string | null;
}

/** Grades by the id of the source. */
export type Grades = ReadonlyMap<string, SourceGrade>;

/** The grades of sources, as they are now: one statement, however many. */
export async function findGrades(tx: Transaction, sourceIds: Iterable<string>): Promise<Grades> {
  const ids = [...new Set(sourceIds)];
  if (ids.length === 0) return new Map();
  const rows = await read<SourceGrade & { readonly id: string }>(
    tx,
    Prisma.sql`
      SELECT id::text AS id, reliability::text AS reliability, publisher FROM source WHERE id = ANY (${ids}::uuid[])`,
    { prepared: true },
  );
  return new Map(rows.map(({ id, ...grade }) => [id, grade]));
}

/**
 * Derives the confidence from citations.
 *
 * A citation is graded by the reliability of its source (A to F) and the credibility of the item (1 to 6):
 *
 * | grade | reliability | credibility |
 * |---|---|---|
 * | HIGH | A, B | 1, 2 |
 * | MODERATE | A to C | 1 to 3 |
 * | LOW | all others | |
 *
 * By its supporting citations, a development is
 *
 * - HIGH with two graded HIGH from different publishers, or one graded HIGH with credibility 1, which means
 *   that other sources confirm it. A source without a publisher counts as a publisher of its own; names of
 *   publishers are compared without regard to case;
 * - MODERATE with one graded HIGH or MODERATE;
 * - LOW otherwise;
 *
 * and one step lower if a disputing citation has at least the grade of the best supporting one.
 *
 * A revision uses the grades of sources at the time it is written. Later grades apply from the next revision.
 */
export function deriveConfidence(citations: readonly CitationContent[], grades: Grades): Confidence {
  const graded = citations.map((citation) => ({ ...citation, grade: gradeOf(citation, grades) }));
  const supporting = graded.filter(({ stance }) => stance === 'SUPPORTS');
  const high = supporting.filter(({ grade }) => grade === 'HIGH');
  const publishers = new Set(high.map(({ sourceId }) => publisherOf(sourceId, grades)));
  const isConfirmed = publishers.size > 1 || high.some(({ credibility }) => credibility === 1);
  const best = highest(supporting.map(({ grade }) => grade));
  const supported = best === 'HIGH' && !isConfirmed ? 'MODERATE' : best;
  const disputing = graded.filter(({ stance }) => stance === 'DISPUTES').map(({ grade }) => grade);
  const isCountered = disputing.length > 0 && LEVELS.indexOf(highest(disputing)) >= LEVELS.indexOf(best);
  return isCountered ? oneLower(supported) : supported;
}

/** The confidence in an input: undefined if omitted, null for the derived one. */
export interface GivenConfidence {
  readonly confidence?: Confidence | null | undefined;
  readonly confidenceReason?: string | null | undefined;
}

/**
 * Sets the confidence of a content: the derived one, or the editors' own.
 *
 * If the input omits it, the editors' existing confidence stays, with its reason. Confidence equal to the
 * derived one has no reason.
 *
 * @throws {InvalidInputError} At `confidenceReason`, if confidence other than the derived one has no
 *   reason.
 */
export function withConfidence(
  content: DevelopmentContent,
  given: GivenConfidence,
  grades: Grades,
): DevelopmentContent {
  const derivedConfidence = deriveConfidence(content.citations, grades);
  const standing = content.confidenceReason === null ? null : content.confidence;
  const wanted = given.confidence === undefined ? standing : given.confidence;
  if (wanted === null || wanted === derivedConfidence) {
    return { ...content, confidence: derivedConfidence, confidenceReason: null, derivedConfidence };
  }
  const standingReason = wanted === standing ? content.confidenceReason : null;
  const confidenceReason = given.confidenceReason === undefined ? standingReason : given.confidenceReason;
  if (confidenceReason === null) {
    throw InvalidInputError.at(
      'confidenceReason',
      `Expected a reason why the confidence is ${wanted} instead of the derived ${derivedConfidence}. Add it, ` +
        'or omit the confidence.',
    );
  }
  return { ...content, confidence: wanted, confidenceReason, derivedConfidence };
}

const LEVELS = ['LOW', 'MODERATE', 'HIGH'] as const satisfies readonly Confidence[];

const highest = (levels: readonly Confidence[]): Confidence =>
  LEVELS.findLast((level) => levels.includes(level)) ?? 'LOW';

const oneLower = (level: Confidence): Confidence => LEVELS[LEVELS.indexOf(level) - 1] ?? 'LOW';

function gradeOf({ sourceId, credibility }: CitationContent, grades: Grades): Confidence {
  const { reliability } = sourceGrade(sourceId, grades);
  if ((reliability === 'A' || reliability === 'B') && credibility <= 2) return 'HIGH';
  return reliability <= 'C' && credibility <= 3 ? 'MODERATE' : 'LOW';
}

function publisherOf(sourceId: string, grades: Grades): string {
  const publisher = sourceGrade(sourceId, grades).publisher?.trim().toLowerCase();
  return publisher ? `publisher:${publisher}` : `source:${sourceId}`;
}

function sourceGrade(sourceId: string, grades: Grades): SourceGrade {
  const grade = grades.get(sourceId);
  if (!grade) throw new Error(`The grade of the source ${sourceId} was not looked up.`);
  return grade;
}
