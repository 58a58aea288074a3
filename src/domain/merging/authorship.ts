import type { Transaction } from '../../database/open.js';
import type { Authorship } from '../development/write/commit.js';
import type { ManyChange } from '../development/write/commit-many.js';
import { findUnreviewed } from '../review/four-eyes.js';
import { noteOverride, type readOverride } from '../review/override.js';

/**
 * Returns the authorship of the revisions of a merge or of its undo. If the review would refuse some of them and an ADMIN
 * overrides it, the reason says so in all revisions, and the audit has each development that needed it.
 *
 * A change that needs no second editor is not an override.
 */
export async function authorshipOf(
  tx: Transaction,
  changes: readonly ManyChange[],
  authorship: Authorship,
  override: ReturnType<typeof readOverride>,
): Promise<Authorship> {
  if (!override) return authorship;
  const alone = await findUnreviewed(
    tx,
    changes.map((change) => ({ ...change, id: change.before.id })),
    authorship,
  );
  if (alone.length === 0) return authorship;
  for (const { id, before } of alone) {
    await noteOverride(tx, { id, revision: before.revision + 1 }, authorship.editor, override.reason);
  }
  return { ...authorship, ...override };
}
