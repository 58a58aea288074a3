import type pg from 'pg';
import type { Database, OpenDatabase } from '../../src/database/open.js';
import {
  FIRST_HASH,
  nameVector,
  recordReferences,
  upsertDoctrine,
  upsertTopic,
  upsertTreaty,
  upsertWeaponSystem,
} from '../domain.js';
import { copyInto, insertInto, type WriteRows } from './copy.js';
import { ACTORS, DOCTRINES, SOURCES, TOPICS, TREATIES, WEAPON_SYSTEMS } from './references.js';
import { type Row, rowsOf, TABLES, type Table } from './rows.js';
import { createStates } from './states.js';

/** Its entries are not appended: the positions of the record are those of its developments. */
const AUTHORSHIP = { editor: 'bench', reason: null } as const;

type Log = (line: string) => void;

/** Fills an empty record with the references of generated developments. */
export async function fillReferences(db: Database): Promise<void> {
  await db.$transaction(
    async (tx) => {
      // Thousands of references: a statement each would take too long.
      await tx.actor.createMany({
        data: ACTORS.map(({ names, ...actor }) => ({ ...actor, nameWords: nameVector(actor.name) })),
      });
      const ids = new Map((await tx.actor.findMany()).map(({ slug, id }) => [slug, id]));
      await tx.actorName.createMany({
        data: ACTORS.flatMap(({ slug, names }) =>
          names.map((name, ordinal) => ({
            actorId: ids.get(slug) ?? '',
            ...name,
            nameWords: nameVector(name.name, name.language),
            ordinal,
          })),
        ),
      });
      await tx.source.createMany({ data: [...SOURCES] });
      const sources = await tx.source.findMany({ select: { id: true } });
      const written = [
        { owner: 'Actor', ids: [...ids.values()] },
        { owner: 'Source', ids: sources.map(({ id }) => id) },
      ] as const;
      await recordReferences(tx, written, AUTHORSHIP);
      for (const topic of TOPICS) await upsertTopic.within(tx, topic, AUTHORSHIP);
      for (const treaty of TREATIES) await upsertTreaty.within(tx, treaty, AUTHORSHIP);
      for (const system of WEAPON_SYSTEMS) await upsertWeaponSystem.within(tx, system, AUTHORSHIP);
      for (const doctrine of DOCTRINES) await upsertDoctrine.within(tx, doctrine, AUTHORSHIP);
    },
    { timeout: 300_000 },
  );
}

/**
 * Fills an empty record with `count` generated developments. The domain's code makes the rows, which are written without
 * indexes. The indexes are recreated at the end, as when restoring a backup.
 */
export async function fillRecord({ db, pool }: OpenDatabase, count: number, log: Log): Promise<void> {
  await fillReferences(db);
  const stateAt = await createStates(db);
  const countries = await countriesOf(db);
  const client = await pool.connect();
  try {
    // Write all rows before any index or trigger exists.
    await client.query(`SET session_replication_role = replica`);
    await client.query(`SET maintenance_work_mem = '512MB'`);
    const indexes = await dropIndexes(client);
    const embedded = (await client.query('SELECT version() AS version')).rows[0].version.includes('wasm');
    const write = embedded ? insertInto(client) : copyInto(client);
    let last = FIRST_HASH;
    const rowsAt = (index: number) => {
      const { rows, hash } = rowsOf(stateAt(index), index + 1, last, countries);
      last = hash;
      return rows;
    };
    await writeAll(count, rowsAt, write, log);
    await client.query(`UPDATE feed_head SET position = $1, recorded_at = $2, hash = decode($3, 'hex')`, [
      count,
      stateAt(count - 1).recordedAt,
      last,
    ]);
    log(`${count} developments written; making ${indexes.length} indexes`);
    for (const index of indexes) await client.query(index);
    await client.query(MENTIONS);
    await client.query('RESET session_replication_role');
    await client.query('VACUUM ANALYZE');
  } finally {
    client.release();
  }
}

/** Returns the actors' countries by actor id. */
async function countriesOf(db: Database): Promise<ReadonlyMap<string, string>> {
  const actors = await db.actor.findMany({ where: { countryCode: { not: null } } });
  return new Map(actors.map(({ id, countryCode }) => [id, countryCode ?? '']));
}

/** Writes what a trigger otherwise writes, in order, so that the index grows at its end. */
const MENTIONS = `
  INSERT INTO development_mention
  SELECT subject, status, occurred_earliest, id, occurred_latest, kind
  FROM development,
       mentioned(actor_ids || topic_ids || treaty_ids || weapon_system_ids || doctrine_ids || source_ids, countries)
       AS subject
  ORDER BY subject, status, occurred_earliest, id`;

const BATCH = 2_000;

/** Prepares the next batch while the database writes the current one. */
async function writeAll(
  count: number,
  rowsAt: (index: number) => Record<Table, Row[]>,
  write: WriteRows,
  log: Log,
): Promise<void> {
  let writing = Promise.resolve();
  for (let start = 0; start < count; start += BATCH) {
    const batch = Object.fromEntries(TABLES.map((table) => [table, [] as Row[]])) as Record<Table, Row[]>;
    for (let index = start; index < Math.min(start + BATCH, count); index += 1) {
      const made = rowsAt(index);
      for (const table of TABLES) batch[table].push(...made[table]);
    }
    await writing;
    writing = (async () => {
      for (const table of TABLES) await write(table, batch[table]);
    })();
    // Prevents an unhandled rejection before the next turn awaits it.
    writing.catch(() => {});
    if (start % 50_000 === 0) log(`${start} of ${count} developments written`);
  }
  await writing;
}

/** Drops the indexes of the developments' tables, except those of constraints. Returns the statements that recreate them. */
async function dropIndexes(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index
     WHERE indrelid = ANY ($1::text[]::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
     ORDER BY indexrelid`,
    [[...TABLES]],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}
