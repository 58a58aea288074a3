import type { Database } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma } from '../generated/prisma/client.js';
import type { Tail } from './tail.js';

/** How far an instance's tail is behind the log. */
export interface Lag {
  /** Entries that the tail has not read. */
  readonly entries: number;
  /** The age of the first unread entry. */
  readonly seconds: number;
}

/** How long the answer may take before its connection counts as silent, in milliseconds. */
const PROBE_TIMEOUT = 4_000;

/** Reads the lag from two rows by key. */
export async function readLag(db: Database, { head: { position } }: Pick<Tail, 'head'>): Promise<Lag> {
  const rows = await read<{ entries: bigint; seconds: number | null }>(
    db,
    Prisma.sql`
    SELECT head.position - ${position}::bigint AS entries,
           extract(epoch FROM clock_timestamp() - entry.recorded_at)::float8 AS seconds
    FROM feed_head AS head LEFT JOIN feed_entry AS entry ON entry.position = ${position}::bigint + 1
    WHERE head.id = 1`,
    { answerTimeout: PROBE_TIMEOUT },
  );
  const entries = Math.max(0, Number(rows[0]?.entries ?? 0));
  return { entries, seconds: entries > 0 ? Math.max(0, rows[0]?.seconds ?? 0) : 0 };
}
