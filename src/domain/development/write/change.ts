import type { Transaction } from '../../../database/open.js';
import { CitationRequiredError, WrongStatusError } from '../../errors.js';
import { parseInput, text } from '../../input.js';
import { type Writer, write } from '../../write.js';
import { changedFields } from '../content/content.js';
import { findGrades, type GivenConfidence, withConfidence } from '../evidence/confidence.js';
import { type Change, commitRevision, type DevelopmentRef, lockDevelopment } from './commit.js';
import type { DevelopmentState } from './rows.js';

/** Options of every change. */
export interface ChangeOptions {
  readonly reason?: string | null | undefined;
  /** The revision the caller has seen. A newer one is a conflict. */
  readonly expectedRevision?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** The outcome of a change. */
export interface Decision extends Change {
  /** The confidence in the input. */
  readonly given?: GivenConfidence;
  /** The id of the citation or claim that the change adds or ranks. Of a link, its relation, a colon and the id of its end. */
  readonly made?: string;
}

/** Identifies a request: an idempotency key stands for one of them. */
export interface ChangeRequest {
  readonly operation: string;
  readonly slug: string;
  readonly input?: unknown;
}

/**
 * Changes a development: locks it, applies `decide`, derives the confidence and commits the next revision.
 * A change without effect writes nothing.
 *
 * @throws {InvalidInputError} For the reason, or for confidence without a reason.
 * @throws {UnknownSlugError} For the development.
 * @throws {RevisionConflictError}
 * @throws {CitationRequiredError} If it would be published without a citation, or lose its last one.
 * @throws {IdempotencyKeyReusedError}
 */
export function changeDevelopment(
  writer: Writer,
  { operation, slug, input = null }: ChangeRequest,
  { reason, expectedRevision, idempotencyKey }: ChangeOptions,
  decide: (tx: Transaction, before: DevelopmentState) => Promise<Decision>,
): Promise<DevelopmentRef> {
  const parsedReason = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  const request = { operation, input: { slug, input, reason, expectedRevision }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const before = await lockDevelopment(tx, slug, expectedRevision);
    const decision = await decide(tx, before);
    const change = await settle(tx, before, decision);
    const authorship = { editor: writer.editor, reason: parsedReason, at: writer.at };
    const { result, feed } = await commitRevision(tx, before, change, authorship);
    const { made } = decision;
    return { result: made === undefined ? result : { ...result, made }, feed };
  });
}

/** New grades of sources apply to the next revision, but do not cause one. */
async function settle(tx: Transaction, before: DevelopmentState, decision: Decision): Promise<Change> {
  const { content = before.content, status = before.status, given = {} } = decision;
  const givesNone = given.confidence === undefined && given.confidenceReason === undefined;
  const changesNothing = status === before.status && changedFields(before.content, content).length === 0;
  if (givesNone && changesNothing) return {};
  const hadCitations = before.status !== 'PUBLISHED' || before.content.citations.length > 0;
  if (status === 'PUBLISHED' && content.citations.length === 0 && hadCitations) {
    throw new CitationRequiredError(content.slug, decision.content ? 'citations' : 'slug');
  }
  const sources = content.citations.map(({ sourceId }) => sourceId);
  return { status, content: withConfidence(content, given, await findGrades(tx, sources)) };
}

/** @throws {WrongStatusError} If the development is retracted. */
export function refuseRetracted({ status, content }: DevelopmentState): void {
  if (status === 'RETRACTED') throw new WrongStatusError(content.slug, status, 'DRAFT or PUBLISHED');
}
