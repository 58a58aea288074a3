import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { recordDevelopment } from '../../src/domain/development/record.js';
import { appendToFeed } from '../../src/feed/position.js';
import { createEmbedded } from '../support/database.js';

/** A record whose feed grows quickly: one development, and a revision of it for each entry. */
export interface GrowingRecord extends OpenDatabase {
  /** Appends entries in one transaction and returns the position of the last. */
  append(count: number): Promise<bigint>;
}

export async function openGrowingRecord(): Promise<GrowingRecord> {
  const embedded = await createEmbedded();
  const database = await openDatabase(embedded.location);
  const writer = { db: database.db, editor: 'test', wake: () => {} };
  const { id } = await recordDevelopment(writer, 'STATEMENT', {
    headline: 'Revised often',
    occurred: '2026',
  });
  let revision = 1;
  return {
    ...database,
    append: async (count) => {
      const first = revision + 1;
      revision += count;
      await database.db.$transaction(async (tx) => {
        await tx.$executeRaw`
          INSERT INTO revision (development_id, number, snapshot, status, changed_fields, editor, recorded_at)
          SELECT ${id}::uuid, number, '{}', 'PUBLISHED', '{}', 'test', now()
          FROM generate_series(${first}::int, ${revision}::int) AS number`;
        const entries = Array.from({ length: count }, (_, index) => ({
          developmentId: id,
          revision: first + index,
          change: 'REVISED' as const,
        }));
        await appendToFeed(tx, entries);
      });
      const head = await database.db.feedHead.findUniqueOrThrow({ where: { id: 1 } });
      return head.position;
    },
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]();
      await embedded[Symbol.asyncDispose]();
    },
  };
}
