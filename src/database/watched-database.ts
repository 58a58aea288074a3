import { Prisma } from '../generated/prisma/client.js';
import type { Database } from './open.js';
import type { Driver } from './read.js';

type Run = (...args: unknown[]) => Promise<unknown>;

/** An operation on the database, without its parameters. */
export interface WatchedOperation {
  /** Prisma's operation and its model, e.g. `findMany` of `actor`. Undefined for a raw statement. */
  readonly operation?: string;
  readonly model?: string;
  /** The text of a raw statement. */
  readonly text?: string;
}

/** Sees the operations of one request. Must return or throw what `work` does. */
export interface DatabaseWatch {
  /** An operation through Prisma, whose time contains waiting for a connection outside transactions. */
  operation<T>(what: WatchedOperation, work: () => Promise<T>): Promise<T>;
  /** A statement straight to the driver. */
  statement<T>(text: string, work: () => Promise<T>): Promise<T>;
}

/** Returns a database that lets `watch` see each operation on a model and each raw statement, inside transactions too. */
export function watchDatabase(db: Database, watch: DatabaseWatch): Database {
  // Not a proxy of `db` itself: a proxy may not replace its target's read-only properties.
  return new Proxy({} as Database, {
    get: (_target, name) => {
      const value: unknown = Reflect.get(db, name, db);
      if (name === 'driver' && value) return watchDriver(value as Driver, watch);
      // Bound: Prisma's client inside a transaction reads itself from `this`.
      const run: Run = (...args) => (value as Run).apply(db, args);
      if (name === '$transaction') return watchTransaction(run, watch);
      if (name === '$queryRaw' || name === '$executeRaw') return watchRaw(run, watch);
      if (typeof name !== 'string' || /^[$_]/.test(name) || typeof value !== 'object' || value === null)
        return value;
      return watchModel(name, value, watch);
    },
  });
}

function watchTransaction(transaction: Run, watch: DatabaseWatch): Run {
  return (work, ...options) =>
    transaction(
      typeof work === 'function' ? (tx: Database) => work(watchDatabase(tx, watch)) : work,
      ...options,
    );
}

function watchModel(model: string, delegate: object, watch: DatabaseWatch): object {
  return new Proxy(
    {},
    {
      get: (_target, name) => {
        const value: unknown = Reflect.get(delegate, name, delegate);
        if (typeof name !== 'string' || typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          watch.operation({ operation: name, model }, () => (value as Run).apply(delegate, args));
      },
    },
  );
}

function watchRaw(run: Run, watch: DatabaseWatch): Run {
  return (statement, ...values) => {
    const text =
      statement instanceof Prisma.Sql ? statement.text : (statement as readonly string[]).join('?');
    return watch.operation({ text }, () => run(statement, ...values));
  };
}

const watchDriver = (driver: Driver, watch: DatabaseWatch): Driver => ({
  query: (sql, options) => watch.statement(sql.text, () => driver.query(sql, options)),
});
