import type { Database } from '../database/open.js';
import { Prisma } from '../generated/prisma/client.js';
import type { CallSpan } from './traces.js';

type Operation = (...args: unknown[]) => Promise<unknown>;

/** Runs statements without Prisma's engine. */
interface Driver {
  query(sql: Prisma.Sql, ...options: unknown[]): Promise<unknown>;
}

/**
 * Returns a database for one traced request. It adds a span for each operation on a model and each raw statement, inside
 * transactions too.
 */
export function traceDatabase(db: Database, span: CallSpan): Database {
  // Not a proxy of `db` itself: a proxy may not replace its target's read-only properties.
  return new Proxy({} as Database, {
    get: (_target, name) => {
      const value: unknown = Reflect.get(db, name, db);
      if (name === '$transaction') return traceTransaction(value as Operation, span);
      if (name === '$queryRaw' || name === '$executeRaw') return traceRaw(value as Operation, span);
      if (name === 'driver' && value) return traceDriver(value as Driver, span);
      if (typeof name !== 'string' || /^[$_]/.test(name) || typeof value !== 'object' || value === null)
        return value;
      return traceModel(name, value, span);
    },
  });
}

function traceTransaction(transaction: Operation, span: CallSpan): Operation {
  return (work, ...options) =>
    transaction(
      typeof work === 'function' ? (tx: Database) => work(traceDatabase(tx, span)) : work,
      ...options,
    );
}

function traceModel(model: string, delegate: object, span: CallSpan): object {
  return new Proxy(
    {},
    {
      get: (_target, name) => {
        const value: unknown = Reflect.get(delegate, name, delegate);
        if (typeof name !== 'string' || typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          timed(span, { operation: name, model }, () => (value as Operation).apply(delegate, args));
      },
    },
  );
}

function traceRaw(run: Operation, span: CallSpan): Operation {
  return (statement, ...values) => {
    const text =
      statement instanceof Prisma.Sql ? statement.text : (statement as readonly string[]).join('?');
    return timed(span, describe(text), () => run(statement, ...values));
  };
}

const traceDriver = (driver: Driver, span: CallSpan): Driver => ({
  query: (sql, ...options) => timed(span, describe(sql.text), () => driver.query(sql, ...options)),
});

const describe = (text: string) => ({
  operation: /^\w+/.exec(text.trimStart())?.[0]?.toUpperCase() ?? 'SQL',
  text,
});

async function timed<T>(
  span: CallSpan,
  what: { readonly operation: string; readonly model?: string; readonly text?: string },
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = new Date();
  const began = performance.now();
  try {
    return await work();
  } finally {
    span.databaseOperation({ ...what, startedAt, duration: performance.now() - began });
  }
}
