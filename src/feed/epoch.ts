import { v7 as uuid } from 'uuid';
import type { Database } from '../database/open.js';

/**
 * Starts a new epoch, so that every older cursor yields FeedReset.
 *
 * Use it after restoring a backup: the restored record lacks the changes after the backup and reuses their
 * positions. Start instances only afterwards.
 */
export async function startNewEpoch(db: Database): Promise<void> {
  await db.$executeRaw`UPDATE feed_head SET epoch = ${uuid()}::uuid`;
}
