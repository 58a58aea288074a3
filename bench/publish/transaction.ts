import pg from 'pg';
import { inTurns } from './client.js';

/** The rows of one published development, as JSON. */
interface Rows {
  readonly development: object;
  readonly slug: object;
  readonly revision: object;
}

/** Reads the rows of published developments, in the order of the feed. */
export async function readRows(url: string): Promise<Rows[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<Rows>(`
      SELECT to_jsonb(development.*) - 'search' AS development, to_jsonb(development_slug.*) AS slug,
             to_jsonb(revision.*) AS revision
      FROM feed_entry
      JOIN development ON development.id = feed_entry.development_id
      JOIN development_slug ON development_slug.development_id = development.id
      JOIN revision ON revision.development_id = development.id
      ORDER BY feed_entry.position`);
    return rows;
  } finally {
    await client.end();
  }
}

const COLUMNS =
  'revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest, event_type, change_type, ' +
  'actor_ids, parts, place_countries, countries, topic_ids, treaty_ids, weapon_system_ids, doctrine_ids, source_ids, ' +
  'links, words, id_words, recorded_at, published_at, changed_at';

const STATEMENTS: readonly (readonly [text: string, of: keyof Rows])[] = [
  [
    `INSERT INTO development (id, slug, ${COLUMNS})
     SELECT id, slug, ${COLUMNS} FROM json_populate_record(NULL::development, $1)`,
    'development',
  ],
  ['INSERT INTO development_slug SELECT * FROM json_populate_record(NULL::development_slug, $1)', 'slug'],
  ['INSERT INTO revision SELECT * FROM json_populate_record(NULL::revision, $1)', 'revision'],
];

const FEED = `
  WITH head AS (
    UPDATE feed_head SET position = position + 1, recorded_at = clock_timestamp() RETURNING *
  ), entry AS (
    INSERT INTO feed_entry (position, development_id, revision, change, recorded_at, commitment, hash)
    SELECT position, $1::uuid, 1, 'PUBLISHED', recorded_at, hash, hash FROM head RETURNING position
  )
  INSERT INTO development_version (id, position, ${COLUMNS})
  SELECT id, position, ${COLUMNS} FROM entry, development WHERE id = $1::uuid`;

/**
 * Writes the rows as a hand-written program would: a transaction of four prepared statements for each development,
 * `clients` at a time.
 *
 * @returns The seconds that it took.
 */
export async function writeAll(url: string, rows: readonly Rows[], clients: number): Promise<number> {
  const connections = Array.from({ length: clients }, () => new pg.Client(url));
  await Promise.all(connections.map((client) => client.connect()));
  try {
    const began = performance.now();
    await inTurns(rows, clients, async (row, worker) => {
      const client = connections[worker];
      if (!client) return;
      await client.query('BEGIN');
      for (const [text, of] of STATEMENTS) {
        await client.query({ name: of, text, values: [JSON.stringify(row[of])] });
      }
      const { id } = row.development as { id: string };
      await client.query({ name: 'feed', text: FEED, values: [id] });
      await client.query('COMMIT');
    });
    return (performance.now() - began) / 1_000;
  } finally {
    await Promise.all(connections.map((client) => client.end()));
  }
}
