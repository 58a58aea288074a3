import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { TABLES } from '../record/rows.js';

/** Copies the rows that an import wrote to files, one for each table. */
export async function copyOut(url: string, folder: string): Promise<void> {
  await connected(url, async (client) => {
    for (const table of TABLES) {
      const statement = to(`COPY ${table} (${await columnsOf(client, table)}) TO STDOUT`);
      await pipeline(client.query(statement), createWriteStream(join(folder, table)));
    }
  });
}

/**
 * Copies the files into the same tables of another database, in one transaction, with all indexes, constraints and
 * triggers active.
 *
 * @returns The time in seconds.
 */
export function copyIn(url: string, folder: string): Promise<number> {
  return connected(url, async (client) => {
    const columns = new Map<string, string>();
    for (const table of TABLES) columns.set(table, await columnsOf(client, table));
    const start = performance.now();
    await client.query('BEGIN');
    for (const table of TABLES) {
      const statement = from(`COPY ${table} (${columns.get(table)}) FROM STDIN`);
      await pipeline(createReadStream(join(folder, table)), client.query(statement));
    }
    await client.query('COMMIT');
    return (performance.now() - start) / 1_000;
  });
}

/** Returns the number of rows of each table. */
export function countRows(url: string): Promise<Record<string, number>> {
  return connected(url, async (client) => {
    const counts: Record<string, number> = {};
    for (const table of TABLES) {
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`);
      counts[table] = Number(rows[0]?.count);
    }
    return counts;
  });
}

/** Returns headlines by slug. */
export function headlinesOf(url: string, slugs: readonly string[]): Promise<Record<string, string>> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ slug: string; headline: string }>(
      `SELECT slug, snapshot->>'headline' AS headline FROM development
       JOIN revision ON development_id = id AND number = development.revision WHERE slug = ANY ($1) ORDER BY slug`,
      [[...slugs]],
    );
    return Object.fromEntries(rows.map(({ slug, headline }) => [slug, headline]));
  });
}

/** Returns all columns except generated ones. */
async function columnsOf(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name).join(', ');
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
