import { Prisma } from '../generated/prisma/client.js';
import type { Database } from './open.js';
import { read } from './read.js';

/**
 * Has the planner learn how the record is now. After many changes at once its plans would be those of the record before;
 * PostgreSQL finds out by itself after a while, where that is not switched off, and the embedded database never does.
 *
 * Takes up to some seconds for each million developments; readers and writers go on.
 */
export async function analyze(db: Database): Promise<void> {
  await db.$executeRaw`
    ANALYZE development, development_mention, development_version, development_slug, revision, feed_entry, external_id,
            actor, actor_name, source, topic`;
}

/**
 * The same while much is written: whenever as much has come as the planner knew of. Without, a load into an empty record
 * is planned for an empty one to its end, and each block of it reads whole tables.
 */
export class Growth {
  readonly #db: Database;
  /** How many developments the planner knows of. */
  #known: number | undefined;
  #since = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** So many rows more have been written. */
  async by(rows: number): Promise<void> {
    this.#known ??= await knownDevelopments(this.#db);
    this.#since += rows;
    if (this.#since === 0 || this.#since < this.#known) return;
    await analyze(this.#db);
    this.#known += this.#since;
    this.#since = 0;
  }
}

/** -1 stands for a table that nobody has looked at. */
async function knownDevelopments(db: Database): Promise<number> {
  const [row] = await read<{ known: number }>(
    db,
    Prisma.sql`
    SELECT reltuples::int AS known FROM pg_class WHERE oid = 'development'::regclass`,
  );
  return Math.max(row?.known ?? 0, 0);
}
