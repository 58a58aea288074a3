import { Prisma } from '../generated/prisma/client.js';
import type { Database } from './open.js';
import { read } from './read.js';

/**
 * Updates the planner's statistics. After many changes at once its plans would still be those for the record before.
 * PostgreSQL's autovacuum updates them after a while, and the embedded database never does.
 *
 * Takes some seconds for each million developments. Does not block readers or writers.
 */
export async function analyze(db: Database): Promise<void> {
  await db.$executeRaw`
    ANALYZE development, development_mention, development_version, development_version_mention, development_slug,
            revision, feed_entry, external_id, actor, actor_name, source, topic`;
}

/**
 * Analyzes during a bulk load, each time the record has doubled. Without it, a load into an empty record keeps plans for
 * an empty record, and each block reads whole tables.
 */
export class Growth {
  readonly #db: Database;
  /** The number of developments in the planner's statistics. */
  #known: number | undefined;
  #since = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Call it after more rows have been written. */
  async by(rows: number): Promise<void> {
    this.#known ??= await knownDevelopments(this.#db);
    this.#since += rows;
    if (this.#since === 0 || this.#since < this.#known) return;
    await analyze(this.#db);
    this.#known += this.#since;
    this.#since = 0;
  }
}

/** Reads the planner's estimate. It is -1 for a table that was never analyzed. */
async function knownDevelopments(db: Database): Promise<number> {
  const [row] = await read<{ known: number }>(
    db,
    Prisma.sql`
    SELECT reltuples::int AS known FROM pg_class WHERE oid = 'development'::regclass`,
  );
  return Math.max(row?.known ?? 0, 0);
}
