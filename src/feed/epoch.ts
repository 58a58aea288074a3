import { v7 as uuid } from 'uuid';
import type { Database } from '../database/open.js';

/**
 * Begins a new epoch: every cursor that was given out before is answered with FeedReset.
 *
 * For a record that was restored from a backup. It has lost what came after the backup, and gives the
 * same positions to other changes. Instances must be started after this.
 */
export async function startNewEpoch(db: Database): Promise<void> {
  const epoch = uuid();
  // Entries carry the epoch into the cursors of those who replay them.
  await db.$transaction([
    db.$executeRaw`UPDATE feed_head SET epoch = ${epoch}::uuid`,
    db.$executeRaw`UPDATE feed_entry SET epoch = ${epoch}::uuid`,
  ]);
}
