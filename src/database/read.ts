import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Prisma } from '../generated/prisma/client.js';
import { type Cancel, runOn, type Until } from './postgres/cancel.js';
import type { TimedQuery } from './postgres/postgres-client.js';

export interface ReadOptions {
  /**
   * Whether each connection parses and plans the statement once and keeps the plan.
   *
   * Use it when the best plan does not depend on the values, and only for a bounded number of texts: a connection
   * keeps all of them.
   */
  readonly prepared?: boolean;
  /**
   * How long PostgreSQL's answer may take, in milliseconds, before its connection counts as silent and is closed. The
   * embedded database ignores it. Default: that of the pool.
   */
  readonly answerTimeout?: number;
}

/** Options of a statement that only the driver has. */
interface DriverOptions extends ReadOptions {
  /** Cancels the statement then, on PostgreSQL. By default, only `statement_timeout` does. */
  readonly until?: Until;
  /** Told when the statement begins on a connection, and when it ends. */
  readonly running?: Running;
}

/** Told of statements that run. */
export interface Running {
  began(): void;
  /** Also after an error. */
  ended(): void;
}

/** Sends statements straight to the database, past Prisma's engine. */
export interface Driver {
  query(sql: Prisma.Sql, options: DriverOptions): Promise<unknown[]>;
}

/** An SQL statement that was answered, without its values. */
export interface Statement {
  readonly query: string;
  /** When the answer came. */
  readonly timestamp: Date;
  /** In milliseconds. */
  readonly duration: number;
}

/**
 * Runs a statement and returns its rows.
 *
 * Outside transactions it goes straight to the driver, because Prisma's engine would spend more time on the statement,
 * its values and its rows than everything else in this process. Inside a transaction it must use the transaction's own
 * connection, which only Prisma knows. Both return the same values: bigint, Date, parsed JSON.
 *
 * @throws node-postgres's errors outside transactions, Prisma's inside.
 */
export function read<Row>(
  db: Pick<Prisma.TransactionClient, '$queryRaw'> & { readonly driver?: Driver },
  sql: Prisma.Sql,
  options: ReadOptions = {},
): Promise<Row[]> {
  // The caller states what the statement selects, as it does for `$queryRaw`.
  return db.driver ? (db.driver.query(sql, options) as Promise<Row[]>) : db.$queryRaw<Row[]>(sql);
}

/**
 * Creates the driver of a pool.
 *
 * @param cancel Cancels a running statement; undefined if the database cannot.
 *
 * NUMERIC, BYTEA, TIMESTAMP and TIME values differ from Prisma's. No statement of ours selects them.
 */
export function createDriver(
  pool: pg.Pool,
  cancel: Cancel | undefined,
  onStatement: (statement: Statement) => void,
): Driver {
  return {
    query: async (sql, { prepared = false, answerTimeout, running, until }) => {
      const { text } = sql;
      const connection = await pool.connect(); // Not `pool.query`, whose time would contain waiting for a connection.
      const began = performance.now();
      const statement: TimedQuery = {
        ...(prepared && { name: nameOf(text) }),
        text,
        values: sql.values.map(toParameter),
        types: TYPES,
        ...(answerTimeout !== undefined && { answerTimeout }),
      };
      running?.began();
      try {
        const { rows } = await runOn(connection, statement, { until, cancel });
        onStatement({ query: text, timestamp: new Date(), duration: performance.now() - began });
        return rows;
      } finally {
        running?.ended();
      }
    },
  };
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}

/** Instants as text with their zone: node-postgres would write them in the zone of the process. */
const toParameter = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

const { builtins, getTypeParser } = pg.types;

/** Reads a timestamp as ISO 8601 where it nearly is: V8 parses that ten times faster than node-postgres's pattern. */
function parseInstant(text: string): unknown {
  const sign = text.at(-3); // Of a zone of whole hours.
  const isPlain = sign === '+' || sign === '-';
  const instant = new Date(isPlain ? `${text.slice(0, 10)}T${text.slice(11)}:00` : Number.NaN);
  return Number.isNaN(instant.getTime()) ? getTypeParser(builtins.TIMESTAMPTZ)(text) : instant;
}

const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => {
    if (id === builtins.INT8) return BigInt;
    if (id === builtins.DATE) return (day: string) => new Date(`${day}T00:00:00Z`);
    return id === builtins.TIMESTAMPTZ ? parseInstant : getTypeParser(id, format as 'text');
  },
} as pg.CustomTypesConfig;
