import type { Database } from './open.js';

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
