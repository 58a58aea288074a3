import type { Transaction } from '../../database/open.js';
import { CitationRequiredError, WrongStatusError } from '../errors.js';
import { parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { type Change, commitRevision, type DevelopmentRef, lockDevelopment } from './commit.js';
import { findGrades, type GivenConfidence, withConfidence } from './confidence.js';
import { changedFields } from './content.js';
import type { DevelopmentState } from './rows.js';

/** How a change is written down. */
export interface ChangeOptions {
  readonly reason?: string | null | undefined;
  /** The revision that the caller has seen; a newer one is a conflict. */
  readonly expectedRevision?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** What is to become of a development. */
export interface Decision extends Change {
  /** The confidence that the input gives. */
  readonly given?: GivenConfidence;
}

/** What is asked for: two requests are the same where these are. */
export interface ChangeRequest {
  readonly operation: string;
  readonly slug: string;
  readonly input?: unknown;
}

/**
 * The one way in which developments change: locks the development, lets `decide` say what becomes of
 * it, settles its confidence, and commits that as its next revision. What changes nothing writes nothing.
 *
 * @throws {InvalidInputError} For the reason, or for confidence that has none.
 * @throws {UnknownSlugError} When there is no such development.
 * @throws {RevisionConflictError}
 * @throws {CitationRequiredError} When it would be published without a citation, or lose its last.
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
    const change = await settle(tx, before, await decide(tx, before));
    return commitRevision(tx, before, change, { editor: writer.editor, reason: parsedReason });
  });
}

/** Sources may have other grades by now: they count where there is a revision, and make none by themselves. */
async function settle(tx: Transaction, before: DevelopmentState, decision: Decision): Promise<Change> {
  const { content = before.content, status = before.status, given = {} } = decision;
  const givesNone = given.confidence === undefined && given.confidenceReason === undefined;
  const changesNothing = status === before.status && changedFields(before.content, content).length === 0;
  if (givesNone && changesNothing) return {};
  const hadCitations = before.status !== 'PUBLISHED' || before.content.citations.length > 0;
  if (status === 'PUBLISHED' && content.citations.length === 0 && hadCitations) {
    throw new CitationRequiredError(content.slug);
  }
  const sources = content.citations.map(({ sourceId }) => sourceId);
  return { status, content: withConfidence(content, given, await findGrades(tx, sources)) };
}

/** @throws {WrongStatusError} When the development was withdrawn. */
export function refuseRetracted({ status, content }: DevelopmentState): void {
  if (status === 'RETRACTED') throw new WrongStatusError(content.slug, status, 'DRAFT or PUBLISHED');
}
