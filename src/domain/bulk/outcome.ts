import type { Planned } from './plan.js';

/** What a bulk change did, or would do, to a development. It is kept for repeated requests. */
export type BulkOutcome = {
  readonly slug: string;
  readonly outcome: Planned['outcome'];
  /** The revision after the change, or the present one. Null if no development has the slug. */
  readonly revision: number | null;
  readonly failure: BulkFailure | null;
};

/** Why a development cannot be changed. */
export type BulkFailure = {
  readonly code: string;
  readonly message: string;
};

/** What an undo did to a development. */
export type UndoOutcome = {
  readonly slug: string;
  readonly outcome: 'REVERTED' | 'RETRACTED' | 'KEPT' | 'UNDONE_BEFORE';
  /** Why it stays. */
  readonly reason: string | null;
};

export function outcomeOf(planned: Planned): BulkOutcome {
  const { slug, before } = planned;
  const failure =
    planned.outcome === 'FAILS' ? { code: planned.error.code, message: planned.error.message } : null;
  const isRevised = planned.outcome === 'CHANGES' && !planned.isReview;
  const revision = before ? before.revision + (isRevised ? 1 : 0) : null;
  return { slug, outcome: planned.outcome, revision, failure };
}
