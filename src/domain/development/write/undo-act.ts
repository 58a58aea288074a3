import type { DevelopmentContent } from '../content/content.js';
import type { History } from '../read/histories.js';
import type { ManyChange } from './commit-many.js';

/** How to take back what an act did to a development. */
export type UndoStep =
  | { readonly kind: 'retracted' | 'reverted'; readonly change: ManyChange }
  | { readonly kind: 'drafts' | 'undoneBefore' }
  | { readonly kind: 'kept'; readonly reason: string };

/** The parts of an undo that differ by the kind of the act. */
export type UndoOptions = {
  /** Returns the content of a retraction, without what others may have now. */
  release(content: DevelopmentContent): DevelopmentContent;
} & (
  | {
      readonly reinstates: false;
      /** Why a development stays that the act retracted: retractions are final. */
      readonly whenRetracted: string;
    }
  /** Whether developments that the act retracted are published again. Only the undo of a merge does that. */
  | { readonly reinstates: true }
);

/** The name of the act that takes an act back. */
export const undoOf = (act: string): string => `undo of ${act}`;

/**
 * Decides how to take back what an act did to a development: revert what it revised, retract what it published. What has
 * changed since stays as it is, and so does a retraction.
 *
 * Revisions of acts that were undone, and of their undoing, count as if neither was there. So acts can be undone one after
 * the other, the newest first.
 */
export function undoStep({ state, revisions }: History, act: string, options: UndoOptions): UndoStep {
  const standing = standingRevisions(revisions);
  const last = standing.at(-1);
  if (last?.act !== act) {
    if (!standing.some((revision) => revision.act === act)) return { kind: 'undoneBefore' };
    return { kind: 'kept', reason: changedSince(last) };
  }
  const before = standing.findLast((revision) => revision.act !== act);
  if (state.status === 'RETRACTED' && !options.reinstates) {
    return { kind: 'kept', reason: options.whenRetracted };
  }
  if (before && (state.status === before.status || state.status === 'RETRACTED')) {
    return { kind: 'reverted', change: { before: state, content: before.snapshot, status: before.status } };
  }
  if (state.status === 'DRAFT') return { kind: 'drafts' };
  const content = options.release(state.content);
  return { kind: 'retracted', change: { before: state, content, status: 'RETRACTED' } };
}

const BULK = 'bulk:';

/** The name of a bulk change among the acts. Runs of imports have names such as `dataset@1`. */
export const bulkAct = (id: string): string => `${BULK}${id}`;

/** The part of a revision that says who made it. */
interface Authored {
  readonly act: string | null;
  readonly editor: string;
}

/** Says who made the newest revision that stands. */
export const changedSince = (last: Authored | undefined): string =>
  `changed since by ${last ? authorOf(last) : 'somebody'}`;

function authorOf({ act, editor }: Authored): string {
  if (!act) return editor;
  if (act.startsWith('merge:')) return `a merge of ${editor}`;
  return act.startsWith(BULK) ? `a bulk change of ${editor}` : `the import ${act}`;
}

/** Leaves out the revisions of acts that were undone, and the revisions that undid them. */
export function standingRevisions<R extends Authored>(revisions: readonly R[]): R[] {
  const standing: R[] = [];
  for (const revision of revisions) {
    const { act } = revision;
    if (!act?.startsWith(undoOf(''))) {
      standing.push(revision);
      continue;
    }
    while (standing.length > 0 && undoOf(standing.at(-1)?.act ?? '') === act) standing.pop();
  }
  return standing;
}
