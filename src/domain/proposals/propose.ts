import { v7 as newId } from 'uuid';
import type { SqlTransaction } from '../../database/bulk-write.js';
import type { DevelopmentKind, ProposalAct } from '../../generated/prisma/client.js';
import { changedFields, type DevelopmentContent, kindOf } from '../development/content/content.js';
import { inputName, unitOf } from '../development/content/units.js';
import type { Authorship, Change, DevelopmentRef } from '../development/write/commit.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { isMachine } from '../review/policy.js';
import type { Written } from '../write.js';

/** A proposal to store. */
export interface NewProposal {
  readonly act: ProposalAct;
  readonly author: string;
  readonly reason: string | null;
  /** The development that it changes; undefined for a new one. */
  readonly base?: { readonly id: string; readonly revision: number } | undefined;
  readonly content: DevelopmentContent;
  /** The proposed fields, by their names in inputs. */
  readonly fields: readonly string[];
}

/**
 * Stores a change of a development as a proposal. A change without effect stores nothing.
 *
 * @param before Locked, so that the base revision is the one that the author changed.
 */
export async function proposeChange(
  tx: SqlTransaction,
  before: DevelopmentState,
  { content = before.content, status = before.status }: Change,
  { editor, reason }: Pick<Authorship, 'editor' | 'reason'>,
): Promise<Written<DevelopmentRef>> {
  const { id, revision } = before;
  const fields = proposedFields(before.content, content);
  const result: DevelopmentRef = { id, revision, isUnchanged: true };
  if (fields.length === 0 && status === before.status) return { result, feed: [] };
  const act = status === 'RETRACTED' ? 'RETRACT' : 'REVISE';
  const [proposal] = await saveProposals(tx, [
    { act, author: editor, reason, base: { id, revision }, content, fields },
  ]);
  return { result: { ...result, ...(proposal !== undefined && { proposal }) }, feed: [] };
}

/** Returns the fields that a proposal changes, by their names in inputs. Derived confidence is none of them. */
export function proposedFields(before: DevelopmentContent | undefined, after: DevelopmentContent): string[] {
  const isDerived = !before?.confidenceReason && after.confidenceReason === null;
  const units = changedFields(before, after)
    .map(unitOf)
    .filter((unit) => unit !== 'derivedConfidence' && !(unit === 'confidence' && isDerived));
  return [...new Set(units)].map(inputName).sort();
}

/** Stores proposals and returns their ids. One SQL statement. */
export async function saveProposals(
  tx: SqlTransaction,
  proposals: readonly NewProposal[],
): Promise<string[]> {
  if (proposals.length === 0) return [];
  const now = new Date().toISOString();
  const rows = proposals.map(({ act, author, reason, base, content, fields }) => ({
    ...{ id: newId(), act, author, reason, content, fields },
    kind: kindOf(content) satisfies DevelopmentKind,
    is_by_machine: isMachine(author),
    development_id: base?.id ?? null,
    base_revision: base?.revision ?? null,
    recorded_at: now,
  }));
  await tx.$executeRaw`
    INSERT INTO proposal (id, act, kind, state, author, is_by_machine, reason, development_id, base_revision, content,
                          fields, accepted, recorded_at)
    SELECT id, act, kind, 'RECEIVED', author, is_by_machine, reason, development_id, base_revision, content,
           fields, '{}', recorded_at
    FROM json_populate_recordset(NULL::proposal, ${JSON.stringify(rows)}::json)`;
  return rows.map(({ id }) => id);
}
