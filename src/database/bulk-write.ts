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
  | 'topic_name'
  | 'source'
  | 'source_name'
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
 * Rows of one table as the JSON that inserts them, a line each: JSON has no line breaks of its own. It can be made before the transaction begins, so that the database
 * does not wait for it.
 */
export class RowsAsJson {
  readonly table: BulkTable;
  readonly #json: string[] = [];
  #fields: readonly string[] = [];
  #columns: readonly string[] = [];

  constructor(table: BulkTable) {
    this.table = table;
  }

  /** @param row By the names of Prisma's fields, the same in all rows. Other columns get their defaults. */
  add(row: object): void {
    if (this.#json.length === 0) {
      this.#fields = Object.keys(row);
      this.#columns = this.#fields.map(columnOf);
    }
    const values = row as Readonly<Record<string, unknown>>;
    const columns: Record<string, unknown> = {};
    // In a loop, because an import does it for each row of each table.
    for (const [index, field] of this.#fields.entries())
      columns[this.#columns[index] ?? field] = values[field];
    this.#json.push(JSON.stringify(columns));
  }

  /**
   * Inserts the rows with one statement and one parameter, however many there are: a line of JSON for each, which the
   * database reads by the types of the table's columns. A parameter for each value takes ten times as long, and COPY
   * cannot handle conflicts.
   *
   * Each line is a value of its own, so that PostgreSQL frees its memory before the next one: `json_populate_recordset`
   * keeps that of all rows, and takes twice as long for 500 of them.
   *
   * @param onConflict By default a conflict is an error.
   */
  async insert(tx: SqlTransaction, onConflict?: OnConflict): Promise<void> {
    if (this.#json.length === 0) return;
    const columns = this.#columns.map((column) => `"${column}"`);
    const values = Prisma.raw(columns.map((column) => `(it.read).${column}`).join(', '));
    const name = Prisma.raw(`"${this.table}"`);
    // OFFSET 0 keeps the planner from reading the line again for each column.
    await tx.$executeRaw`
      INSERT INTO ${name} (${Prisma.raw(columns.join(', '))})
      SELECT ${values} FROM (
        SELECT json_populate_record(NULL::${name}, line::json) AS read
        FROM string_to_table(${this.#json.join('\n')}, chr(10)) AS line OFFSET 0
      ) AS it
      ${onConflict === undefined ? Prisma.empty : conflictClause(onConflict, this.#fields)}`;
  }
}

/** Inserts rows as {@link RowsAsJson.insert} does. */
export async function insertMany(
  tx: SqlTransaction,
  table: BulkTable,
  rows: readonly object[],
  onConflict?: OnConflict,
): Promise<void> {
  const json = new RowsAsJson(table);
  for (const row of rows) json.add(row);
  await json.insert(tx, onConflict);
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
