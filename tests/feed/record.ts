import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { createDatabase } from '../support/database.js';
import { makeSource } from '../support/example-source.js';

/** A record whose feed grows quickly: one development with a revision for each entry, and no versions. */
export interface GrowingRecord extends OpenDatabase {
  /** Appends entries in one transaction and returns the last position. */
  append(count: number): Promise<bigint>;
}

export async function openGrowingRecord(): Promise<GrowingRecord> {
  const embedded = await createDatabase();
  const database = await openDatabase(embedded.location);
  const writer = { db: database.db, editor: 'test', wake: () => {} };
  await makeSource(database.db);
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
        await tx.$executeRaw`
          WITH head AS (
            UPDATE feed_head SET position = position + ${count}::int RETURNING epoch, position - ${count}::int AS before
          )
          INSERT INTO feed_entry (position, epoch, development_id, revision, change, recorded_at)
          SELECT head.before + number, head.epoch, ${id}::uuid, ${first}::int + number - 1, 'REVISED', now()
          FROM head, generate_series(1, ${count}::int) AS number`;
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
