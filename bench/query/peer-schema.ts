import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { POSTGRAPHILE } from './install.js';

/**
 * Creates PostGraphile's tables in a cached record, if they do not exist yet. Ours does not use them.
 */
export async function addPeerSchema(url: string, log: (line: string) => void): Promise<void> {
  const sql = await readFile(new URL('peer.sql', POSTGRAPHILE), 'utf8');
  const version = createHash('sha256').update(sql).digest('hex');
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string | null }>(
      `SELECT obj_description(to_regnamespace('peer'), 'pg_namespace') AS version`,
    );
    if (rows[0]?.version === version) return;
    log('laying the record out for PostGraphile');
    await client.query('DROP SCHEMA IF EXISTS peer CASCADE');
    await client.query(sql);
    await client.query('VACUUM ANALYZE');
    await client.query(`COMMENT ON SCHEMA peer IS '${version}'`);
  } finally {
    await client.end();
  }
}
