import pg from 'pg';
import { Prisma } from '../generated/prisma/client.js';
import type { Transaction } from './open.js';

/** A transaction that takes SQL: Prisma's, or one on the driver's own connection. */
export type SqlTransaction = Pick<Transaction, '$queryRaw' | '$executeRaw'>;

/**
 * Runs work in a transaction on a connection of the pool, without Prisma.
 *
 * Writes of many rows go this way: Prisma parses each parameter and keeps the last hundred statements with their
 * parameters, which are megabytes each here.
 *
 * @throws {Error} The driver's error, with PostgreSQL's error code as `code`.
 */
export async function driverTransaction<T>(
  pool: pg.Pool,
  work: (tx: SqlTransaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(sqlOn(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((reason: Error) => {
      broken = reason;
    });
    throw error;
  } finally {
    client.release(broken); // A connection that cannot roll back is closed.
  }
}

function sqlOn(client: pg.PoolClient): SqlTransaction {
  const run = (statement: Prisma.Sql | TemplateStringsArray, values: unknown[]) => {
    const sql = statement instanceof Prisma.Sql ? statement : Prisma.sql(statement, ...values);
    return client.query({ text: sql.text, values: sql.values, types: TYPES });
  };
  return {
    $queryRaw: async (statement: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) =>
      (await run(statement, values)).rows,
    $executeRaw: async (statement: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) =>
      (await run(statement, values)).rowCount ?? 0,
  } as SqlTransaction;
}

/** BIGINT as Prisma returns it. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(id, format as 'text'),
} as pg.CustomTypesConfig;

/** The tables that take many rows at once. */
type BulkTable =
  | 'actor'
  | 'actor_name'
  | 'reference_key'
  | 'topic'
  | 'source'
  | 'treaty'
  | 'treaty_party'
  | 'treaty_status'
  | 'weapon_system'
  | 'weapon_system_alias'
  | 'doctrine'
  | 'development'
  | 'development_slug'
  | 'duplicate_judgement'
  | 'external_id'
  | 'note'
  | 'note_mention'
  | 'reference_revision'
  | 'review_event'
  | 'revision';

/** Keeps the existing row on a conflict, or replaces it by the new one with the same key. */
type OnConflict = 'keep' | { readonly replaceBy: string };

/**
 * Inserts rows with one statement and one parameter, however many there are: a JSON array, which the database reads by
 * the types of the table's columns. A parameter for each value takes ten times as long, and COPY cannot handle conflicts.
 *
 * @param rows By the names of Prisma's fields, all with the same keys. Other columns get their defaults.
 * @param onConflict By default a conflict is an error.
 */
export async function insertMany(
  tx: SqlTransaction,
  table: BulkTable,
  rows: readonly object[],
  onConflict?: OnConflict,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const fields = Object.keys(first);
  const names = fields.map(columnOf);
  const columns = Prisma.raw(names.map((column) => `"${column}"`).join(', '));
  const name = Prisma.raw(`"${table}"`);
  const json = JSON.stringify(rows.map((row) => renamed(row, fields, names)));
  await tx.$executeRaw`
    INSERT INTO ${name} (${columns})
    SELECT ${columns} FROM json_populate_recordset(NULL::${name}, ${json}::json)
    ${onConflict === undefined ? Prisma.empty : conflictClause(onConflict, fields)}`;
}

/** Returns a row by the names of its columns. In a loop, because an import does it for each row of each table. */
function renamed(row: object, fields: readonly string[], names: readonly string[]): object {
  const values = row as Readonly<Record<string, unknown>>;
  const columns: Record<string, unknown> = {};
  for (const [index, field] of fields.entries()) columns[names[index] ?? field] = values[field];
  return columns;
}

function conflictClause(onConflict: OnConflict, fields: readonly string[]): Prisma.Sql {
  if (onConflict === 'keep') return Prisma.sql`ON CONFLICT DO NOTHING`;
  const { replaceBy } = onConflict;
  const others = fields.filter((field) => field !== replaceBy).map(columnOf);
  const set = others.map((column) => `"${column}" = excluded."${column}"`).join(', ');
  return Prisma.sql`ON CONFLICT (${Prisma.raw(`"${columnOf(replaceBy)}"`)}) DO UPDATE SET ${Prisma.raw(set)}`;
}

/** Derives the column from the field as the schema's `@map` does: `occurredEarliest` is `occurred_earliest`. */
export function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
