import type { Logger } from 'pino';
import type { Database } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma } from '../generated/prisma/client.js';

/** How far clocks may be apart, in milliseconds. The trigger on feed_head allows as much. */
const TOLERANCE = 60_000;

/**
 * Compares the clocks of the database and of this process, and the time of the feed's last entry. Warns of differences of
 * more than a minute.
 */
export async function warnOfClocks(db: Database, log: Logger): Promise<void> {
  const [times] = await read<{ database: Date; feed: Date | null }>(
    db,
    Prisma.sql`SELECT clock_timestamp() AS database, recorded_at AS feed FROM feed_head`,
  );
  if (!times) return;
  const { database, feed } = times;
  const process = new Date();
  if (feed && feed.getTime() - database.getTime() > TOLERANCE) {
    log.warn(
      { feed, database },
      'the last entry of the feed is in the future; publications and imports are refused',
    );
  }
  if (Math.abs(process.getTime() - database.getTime()) > TOLERANCE) {
    log.warn({ process, database }, 'the clocks of this machine and of the database disagree');
  }
}
