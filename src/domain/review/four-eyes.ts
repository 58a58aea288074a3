import type { SqlTransaction } from '../../database/bulk-write.js';
import type { DevelopmentStatus, ReviewMode } from '../../generated/prisma/client.js';
import { changedFields, type DevelopmentContent } from '../development/content/content.js';
import { ReviewRequiredError } from './errors.js';
import { isMachine, machineNames } from './policy.js';

/** Who makes a change, as far as the review is concerned. */
export interface Reviewed {
  readonly editor: string;
  /** The author of the accepted proposal that the change comes from. */
  readonly proposedBy?: string | undefined;
  /** Whether an ADMIN overrides the review. */
  readonly overridesReview?: boolean | undefined;
}

/** A change that readers would see. */
export interface PublicChange {
  readonly id: string;
  /** The content and status before; undefined for a new development. */
  readonly before:
    | {
        readonly revision: number;
        readonly status: DevelopmentStatus;
        readonly content: DevelopmentContent;
      }
    | undefined;
  readonly content: DevelopmentContent;
  readonly status: DevelopmentStatus;
}

/**
 * Refuses what one editor alone wrote, if the record requires review. Every write of revisions calls it inside its
 * transaction, with the developments locked. Drafts need no approval.
 *
 * @throws {ReviewRequiredError} For the first such change.
 */
export async function requireFourEyes(
  tx: SqlTransaction,
  changes: readonly PublicChange[],
  who: Reviewed,
): Promise<void> {
  const [alone] = await findUnreviewed(tx, changes, who);
  if (alone) throw new ReviewRequiredError(alone.content.slug);
}

/** Returns the changes that {@link requireFourEyes} refuses, in their order. One SQL statement. */
export async function findUnreviewed<C extends PublicChange>(
  tx: SqlTransaction,
  changes: readonly C[],
  who: Reviewed,
): Promise<C[]> {
  const told = changes.filter(({ status }) => status !== 'DRAFT');
  if (told.length === 0 || who.overridesReview) return [];
  const facts = await readFacts(
    tx,
    told.map(({ id }) => id),
  );
  if (facts.mode !== 'REQUIRED') return [];
  return told.filter((change) => !isSeenByTwo(change, who, facts.of.get(change.id)));
}

/**
 * Whether two names stand behind a change: that of the person who wrote it and that of another who approves it. A
 * machine's name counts as an author's, never as an approver's.
 */
function isSeenByTwo(
  { before, content, status }: PublicChange,
  { editor, proposedBy }: Reviewed,
  fact: Fact | undefined,
): boolean {
  const isOthersWork = proposedBy !== undefined && proposedBy !== editor && !isMachine(editor);
  if (isOthersWork) return true;
  if (!before || status === 'RETRACTED') return false;
  const isSame = !changesSubstance(before.content, content);
  if (before.status === 'PUBLISHED') return isSame;
  if (before.status !== 'DRAFT' || !isSame) return false;
  if (fact?.approvedRevision === before.revision) return true;
  return !isMachine(editor) && fact?.writtenBy !== editor; // Publishing another's draft approves it.
}

/** Fields that say nothing about the matter: how lists group a development, and confidence that follows its sources. */
const NOT_OF_SUBSTANCE: readonly string[] = ['topicIds', 'derivedConfidence'];

/** Returns whether a change says something else about the matter. */
function changesSubstance(before: DevelopmentContent, after: DevelopmentContent): boolean {
  const isDerived = before.confidenceReason === null && after.confidenceReason === null;
  return changedFields(before, after).some(
    (field) => !NOT_OF_SUBSTANCE.includes(field) && !(field === 'confidence' && isDerived),
  );
}

interface Fact {
  readonly approvedRevision: number | null;
  /** The person who wrote the latest revision by a person. Null if only machines wrote it. */
  readonly writtenBy: string | null;
}

/** Reads the mode, and of each development its approval and its last author. One SQL statement. */
async function readFacts(tx: SqlTransaction, ids: readonly string[]) {
  const rows = await tx.$queryRaw<(Fact & { mode: ReviewMode; id: string | null })[]>`
    SELECT policy.mode::text AS mode, it.id::text AS id, review.approved_revision AS "approvedRevision",
           (SELECT editor FROM revision
            WHERE development_id = it.id AND editor <> ALL (${machineNames()}::text[])
            ORDER BY number DESC LIMIT 1) AS "writtenBy"
    FROM review_policy AS policy
    LEFT JOIN development AS it ON policy.mode = 'REQUIRED' AND it.id = ANY (${[...ids]}::uuid[])
    LEFT JOIN review ON review.development_id = it.id`;
  const of = new Map(rows.flatMap(({ id, ...fact }): [string, Fact][] => (id === null ? [] : [[id, fact]])));
  return { mode: rows[0]?.mode, of };
}
