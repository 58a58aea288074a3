import type { SqlTransaction } from '../../database/bulk-write.js';
import { type AuditedAct, recordAudit } from '../audit/audit.js';
import { InvalidInputError } from '../errors.js';
import type { Writer } from '../write.js';
import { saveEvent } from './events.js';

/**
 * Reads the override of a review by an ADMIN. Where it is needed, its reason stands in the revision, for everybody to
 * read.
 *
 * @returns The authorship that replaces the reason; undefined if nothing is overridden.
 * @throws {InvalidInputError} For another role, or without a reason.
 */
export function readOverride(
  { role }: Writer,
  overrideReview: boolean | null | undefined,
  reason: string | null,
): { readonly overridesReview: true; readonly reason: string } | undefined {
  if (!overrideReview) return undefined;
  if (role !== 'ADMIN') {
    throw InvalidInputError.at('overrideReview', `Expected a token with the role ADMIN; yours has ${role}.`);
  }
  if (reason === null) {
    throw InvalidInputError.at('reason', 'Expected the reason why the review is overridden.');
  }
  return { overridesReview: true, reason: `Without review: ${reason}` };
}

/** Returns the entry of the audit about an override. Its reason stands in the revision. */
export const auditOfOverride = (
  { id, revision }: { readonly id: string; readonly revision: number },
  actor: string,
): AuditedAct => ({ act: 'OVERRIDDEN', actor, subject: id, detail: { revision } });

/** Keeps an override in the history of the review and in the audit. */
export async function noteOverride(
  tx: SqlTransaction,
  development: { readonly id: string; readonly revision: number },
  actor: string,
  note: string,
): Promise<void> {
  const { id, revision } = development;
  await saveEvent(tx, id, { act: 'OVERRIDDEN', actor, revision, note });
  await recordAudit(tx, auditOfOverride(development, actor));
}
