import type { Transaction } from '../../../database/open.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import { parseInput, text } from '../../input.js';
import { proposeChange } from '../../proposals/propose.js';
import { ReviewRequiredError } from '../../review/errors.js';
import { noteOverride, readOverride } from '../../review/override.js';
import { type Writer, type Written, write } from '../../write.js';
import { changedFields } from '../content/content.js';
import { CitationRequiredError, WrongStatusError } from '../errors.js';
import { findGrades, type GivenConfidence, type Grades, withConfidence } from '../evidence/confidence.js';
import {
  type Authorship,
  type Change,
  commitRevision,
  type DevelopmentRef,
  lockDevelopment,
} from './commit.js';
import type { DevelopmentState } from './rows.js';

/** Options of every change. */
export interface ChangeOptions {
  readonly reason?: string | null | undefined;
  /** The revision the caller has seen. A newer one is a conflict. */
  readonly expectedRevision?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
  /** Whether an ADMIN makes the change alone although the record requires review. It needs a reason. */
  readonly overrideReview?: boolean | null | undefined;
}

/** The outcome of a change. */
export interface Decision extends Change {
  /** The confidence in the input. */
  readonly given?: GivenConfidence;
  /** The id of the citation or claim that the change adds or ranks. Of a link, its relation, a colon and the id of its end. */
  readonly made?: string;
  /** The entries of references that it has written, such as a new source. They precede its own. */
  readonly feed?: readonly NewFeedEntry[];
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
 * A change of a published development that its author may not make alone becomes a proposal.
 *
 * @throws {InvalidInputError} For the reason, or for confidence without a reason.
 * @throws {UnknownSlugError} For the development.
 * @throws {RevisionConflictError}
 * @throws {CitationRequiredError} If it would be published without a citation, or lose its last one.
 * @throws {ReviewRequiredError} If it would be published, and another editor must approve it first.
 * @throws {IdempotencyKeyReusedError}
 */
export function changeDevelopment(
  writer: Writer,
  { operation, slug, input = null }: ChangeRequest,
  { reason, expectedRevision, idempotencyKey, overrideReview }: ChangeOptions,
  decide: (tx: Transaction, before: DevelopmentState, authorship: Authorship) => Promise<Decision>,
): Promise<DevelopmentRef> {
  const parsedReason = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  const override = readOverride(writer, overrideReview, parsedReason);
  const options = { slug, input, reason, expectedRevision, ...(override && { overrideReview }) };
  const isContributor = writer.role === 'CONTRIBUTOR';
  return write(writer, { operation, input: options, idempotencyKey }, async (tx) => {
    const before = await lockDevelopment(tx, slug, expectedRevision, isContributor);
    if (before.status === 'DRAFT') await refuseDiscarded(tx, before);
    const authorship = { editor: writer.editor, reason: parsedReason, at: writer.at };
    const decision = await decide(tx, before, authorship);
    const change = await settle(tx, before, decision);
    const { result, feed } = isContributor
      ? await proposeChange(tx, before, change, authorship)
      : await commitOrPropose(tx, before, decision, change, { authorship, override });
    return { result, feed: [...(decision.feed ?? []), ...feed] };
  });
}

/** Commits the change. One that its author may not make alone becomes a proposal, or an override that is noted. */
async function commitOrPropose(
  tx: Transaction,
  before: DevelopmentState,
  decision: Decision,
  change: Change,
  {
    authorship,
    override,
  }: { readonly authorship: Authorship; readonly override: ReturnType<typeof readOverride> },
): Promise<Written<DevelopmentRef>> {
  const made = decision.made === undefined ? {} : { made: decision.made };
  try {
    const { result, feed } = await commitRevision(tx, before, change, authorship);
    return { result: { ...result, ...made }, feed };
  } catch (error) {
    if (!(error instanceof ReviewRequiredError)) throw error;
    if (override) {
      const { result, feed } = await commitRevision(tx, before, change, { ...authorship, ...override });
      await noteOverride(tx, result, authorship.editor, override.reason);
      return { result: { ...result, ...made }, feed };
    }
    if (before.status === 'PUBLISHED') return proposeChange(tx, before, change, authorship);
    throw error;
  }
}

/** Derives the confidence of a change. New grades of sources apply to the next revision, but do not cause one. */
export async function settle(tx: Transaction, before: DevelopmentState, decision: Decision): Promise<Change> {
  const sources = (decision.content ?? before.content).citations.map(({ sourceId }) => sourceId);
  return settleWith(before, decision, await findGrades(tx, sources));
}

/** Derives the confidence of a change from grades that were looked up. */
export function settleWith(before: DevelopmentState, decision: Decision, grades: Grades): Change {
  const { content = before.content, status = before.status, given = {} } = decision;
  const givesNone = given.confidence === undefined && given.confidenceReason === undefined;
  const changesNothing = status === before.status && changedFields(before.content, content).length === 0;
  if (givesNone && changesNothing) return {};
  const hadCitations = before.status !== 'PUBLISHED' || before.content.citations.length > 0;
  if (status === 'PUBLISHED' && content.citations.length === 0 && hadCitations) {
    throw new CitationRequiredError(content.slug, decision.content ? 'citations' : 'slug');
  }
  return { status, content: withConfidence(content, given, grades) };
}

/** @throws {WrongStatusError} If the draft is discarded. */
async function refuseDiscarded(tx: Transaction, { id, status, content }: DevelopmentState): Promise<void> {
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT FROM review WHERE development_id = ${id}::uuid AND state = 'DISCARDED'`;
  if (row) throw new WrongStatusError(content.slug, status, 'a draft that is not discarded');
}

/** @throws {WrongStatusError} If the development is retracted. */
export function refuseRetracted({ status, content }: DevelopmentState): void {
  if (status === 'RETRACTED') throw new WrongStatusError(content.slug, status, 'DRAFT or PUBLISHED');
}
