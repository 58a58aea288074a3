import { type OpenDatabase, openDatabase, type Transaction } from '../../src/database/open.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { type FeedHead, readHeadAndHash } from '../../src/feed/head.js';
import { FOUND_BY } from '../../src/feed/position.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { createDatabase } from '../support/database.js';

/** A record whose feed grows quickly: a few developments, with a revision for each entry. */
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

/**
 * Opens a record with one development and no versions, or with several, which all have versions.
 *
 * @param count The number of developments: see {@link developmentAt}.
 */
export async function openGrowingRecord(count = 1): Promise<GrowingRecord> {
  const embedded = await createDatabase();
  const database = await openDatabase(embedded.location);
  const writer = { db: database.db, editor: 'test', wake: () => {} };
  // Without a revision, so that the positions are those of the appended entries.
  await database.db.source.create({ data: { slug: 'source', title: 'Source', reliability: 'F' } });
  const ids: string[] = [];
  while (ids.length < count) {
    const headline = `Revised often, ${ids.length}`;
    const { id } = await recordDevelopment(writer, 'STATEMENT', { headline, occurred: '2026' });
    ids.push(id);
  }
  let revision = 1;
  return {
    ...database,
    append: async (entries, from = revision + 1) => {
      const first = from;
      revision = first + entries - 1;
      await database.db.$transaction(async (tx) => {
        await tx.$executeRaw`
          INSERT INTO revision (development_id, number, snapshot, status, changed_fields, editor, recorded_at)
          SELECT (${ids}::uuid[])[1 + ${indexAt(Prisma.sql`(head.position + number)`, count)}], ${first}::int + number - 1,
                 '{}', 'PUBLISHED', '{}', 'test', now()
          FROM feed_head AS head, generate_series(1, ${entries}::int) AS number`;
        await tx.$executeRaw`
          WITH entry AS (
            SELECT head.position + number AS position,
                   (${ids}::uuid[])[1 + ${indexAt(Prisma.sql`(head.position + number)`, count)}] AS development_id,
                   ${first}::int + number - 1 AS revision,
                   'REVISED'::"FeedChange" AS change, now()::timestamptz(3) AS recorded_at,
                   decode(repeat('00', 32), 'hex') AS commitment, head.hash AS start
            FROM (SELECT position, hash FROM feed_head FOR UPDATE) AS head, generate_series(1, ${entries}::int) AS number
          )
          INSERT INTO feed_entry (position, development_id, revision, change, recorded_at, commitment, hash)
          SELECT position, development_id, revision, change, recorded_at, commitment,
                 chain_hash(start, position, development_id, revision, change, recorded_at, commitment)
                 OVER (ORDER BY position)
          FROM entry`;
        await tx.$executeRaw`
          UPDATE feed_head SET (position, hash) = (SELECT position, hash FROM feed_entry ORDER BY position DESC LIMIT 1)`;
        if (count > 1) await addVersions(tx, entries);
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

/** How many of the developments change often: half of the entries are theirs. */
const BUSY = 4;

/** Returns the index of the development that an entry of a record with `count` developments belongs to. */
export function developmentAt(position: bigint, count: number): number {
  const index = ((position * 2_654_435_761n) >> 7n) % BigInt(count);
  return Number(position % 2n === 1n ? index % BigInt(BUSY) : index);
}

/** The same in SQL. */
function indexAt(position: Prisma.Sql, count: number): Prisma.Sql {
  const index = Prisma.sql`(((${position} * 2654435761) >> 7) % ${count})`;
  return Prisma.sql`(CASE WHEN ${position} % 2 = 1 THEN ${index} % ${BUSY} ELSE ${index} END)::int`;
}

/** Writes the versions of the last entries. */
async function addVersions(tx: Transaction, entries: number): Promise<void> {
  const added = Prisma.sql`
    SELECT position, development_id,
           lead(position) OVER (PARTITION BY development_id ORDER BY position) AS until,
           row_number() OVER (PARTITION BY development_id ORDER BY position) AS ordinal
    FROM feed_entry WHERE position > (SELECT position FROM feed_head) - ${entries}`;
  await tx.$executeRaw`
    UPDATE development_version AS version SET until = added.position FROM (${added}) AS added
    WHERE version.id = added.development_id AND version.until = 9223372036854775807 AND added.ordinal = 1`;
  const published = FOUND_BY.sql.replace('status', '\'PUBLISHED\'::"DevelopmentStatus"');
  const columns = Prisma.raw(published.replace('published_at', 'recorded_at'));
  await tx.$executeRaw`
    INSERT INTO development_version (id, position, until, ${FOUND_BY})
    SELECT id, position, coalesce(until, 9223372036854775807), ${columns}
    FROM development JOIN (${added}) AS added ON id = development_id`;
}
