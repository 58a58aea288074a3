import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { Row, Table } from './rows.js';

/** Writes rows into a table and waits until they are stored. */
export type WriteRows = (table: Table, rows: readonly Row[]) => Promise<void>;

/** Writes by COPY, PostgreSQL's fastest way. */
export function copyInto(client: pg.ClientBase): WriteRows {
  return async (table, rows) => {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    const stream = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
    stream.end(rows.map((row) => `${columns.map((column) => field(row[column])).join('\t')}\n`).join(''));
    await finished(stream);
  };
}

/** Writes by INSERT, because the embedded database accepts no COPY from a client. */
export function insertInto(client: pg.ClientBase): WriteRows {
  return async (table, rows) => {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first).join(', ');
    const asJson = rows.map((row) => ({
      ...row,
      ...('snapshot' in row && { snapshot: JSON.parse(String(row['snapshot'])) }),
    }));
    await client.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(asJson)],
    );
  };
}

/** Formats a value for COPY's text format. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  return plain(value).replace(/[\\\n\r\t]/g, (character) => ESCAPED[character] ?? character);
}

function plain(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (!Array.isArray(value)) return String(value);
  return `{${value.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
