import { v7 as uuid } from 'uuid';
import type { Database } from '../database/open.js';

/**
 * Starts a new epoch, so that every older cursor yields FeedReset.
 *
 * Use it after restoring a backup: the restored record lacks the changes after the backup and reuses their
 * positions. Start instances only afterwards.
 */
export async function startNewEpoch(db: Database): Promise<void> {
  const epoch = uuid();
  // Cursors of replayed entries take the epoch from the entry.
  await db.$transaction([
    db.$executeRaw`UPDATE feed_head SET epoch = ${epoch}::uuid`,
    db.$executeRaw`UPDATE feed_entry SET epoch = ${epoch}::uuid`,
  ]);
}
