import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { type FeedHead, readHeadAndHash } from '../../src/feed/log.js';
import { createDatabase } from '../support/database.js';
import { makeSource } from '../support/example-source.js';

/** A record whose feed grows quickly: one development with a revision for each entry, and no versions. */
export interface GrowingRecord extends OpenDatabase {
  /**
   * Appends entries in one transaction and returns the last position.
   *
   * @param from The number of the first revision. Default: the next.
   */
  append(count: number, from?: number): Promise<bigint>;
  /** Returns the position with its epoch and hash, as a cursor has them. */
  at(position: bigint): Promise<FeedHead>;
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
    append: async (count, from = revision + 1) => {
      const first = from;
      revision = first + count - 1;
      await database.db.$transaction(async (tx) => {
        await tx.$executeRaw`
          INSERT INTO revision (development_id, number, snapshot, status, changed_fields, editor, recorded_at)
          SELECT ${id}::uuid, number, '{}', 'PUBLISHED', '{}', 'test', now()
          FROM generate_series(${first}::int, ${revision}::int) AS number`;
        await tx.$executeRaw`
          WITH entry AS (
            SELECT head.position + number AS position, ${id}::uuid AS development_id, ${first}::int + number - 1 AS revision,
                   'REVISED'::"FeedChange" AS change, now()::timestamptz(3) AS recorded_at,
                   decode(repeat('00', 32), 'hex') AS commitment, head.hash AS start
            FROM (SELECT position, hash FROM feed_head FOR UPDATE) AS head, generate_series(1, ${count}::int) AS number
          )
          INSERT INTO feed_entry (position, development_id, revision, change, recorded_at, commitment, hash)
          SELECT position, development_id, revision, change, recorded_at, commitment,
                 chain_hash(start, position, development_id, revision, change, recorded_at, commitment)
                 OVER (ORDER BY position)
          FROM entry`;
        await tx.$executeRaw`
          UPDATE feed_head SET (position, hash) = (SELECT position, hash FROM feed_entry ORDER BY position DESC LIMIT 1)`;
      });
      const head = await database.db.feedHead.findUniqueOrThrow({ where: { id: 1 } });
      return head.position;
    },
    at: async (position) => {
      const { head, hash } = await readHeadAndHash(database.db, position);
      return { epoch: head.epoch, position, hash: hash ?? '' };
    },
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]();
      await embedded[Symbol.asyncDispose]();
    },
  };
}
