import type { Database, Transaction } from '../../database/open.js';
import type { Driver } from '../../database/read.js';
import type { SlotHolder, Slots } from './slots.js';
import type { Work } from './work.js';

type Operation = (...args: unknown[]) => Promise<unknown>;

/** The request that a database is for. */
interface Holder extends SlotHolder {
  readonly work: Work;
}

/**
 * Returns the database for one request: each statement and transaction waits for a slot in its client's turn, and none
 * begins when the request is over. A running statement is cancelled then; a transaction ends before its next statement,
 * and is rolled back.
 *
 * The request's work grows by the time in the slot. Waiting for one is not work.
 */
export function requestDatabase(db: Database, slots: Slots, holder: Holder): Database {
  const { lifetime, work } = holder;
  const driver: Driver = {
    query: async (sql, options) => {
      await slots.enter(holder);
      try {
        return await db.driver.query(sql, { ...options, until: lifetime, running: work });
      } finally {
        slots.leave();
      }
    },
  };
  const inSlot =
    (operation: Operation): Operation =>
    async (...args) => {
      await slots.enter(holder);
      work.began();
      try {
        return await operation(...args);
      } finally {
        work.ended();
        slots.leave();
      }
    };
  // Not a proxy of `db` itself: a proxy may not replace its target's read-only properties.
  return new Proxy({} as Database, {
    get: (_target, name) => {
      if (name === 'driver') return driver;
      const value: unknown = Reflect.get(db, name);
      if (name === '$transaction') return inSlot(whileAlive(value as Operation, holder));
      if (name === '$queryRaw' || name === '$executeRaw') return inSlot(value as Operation);
      return isModel(name, value) ? wrapModel(value, inSlot) : value;
    },
  });
}

const isModel = (name: string | symbol, value: unknown): value is object =>
  typeof name === 'string' && !/^[$_]/.test(name) && typeof value === 'object' && value !== null;

function wrapModel(model: object, wrap: (operation: Operation) => Operation): object {
  return new Proxy(
    {},
    {
      get: (_target, name) => {
        const value: unknown = Reflect.get(model, name, model);
        if (typeof name !== 'string' || typeof value !== 'function') return value;
        return wrap((...args) => (value as Operation).apply(model, args));
      },
    },
  );
}

/** Stops a transaction before its next statement, or its commit, when the request is over. */
function whileAlive(transaction: Operation, { lifetime }: SlotHolder): Operation {
  const checked =
    (operation: Operation): Operation =>
    async (...args) => {
      lifetime.check();
      return operation(...args);
    };
  const withTimeout = (options: unknown) => ({
    timeout: lifetime.remaining,
    ...(options as object | undefined),
  });
  const checkedTransaction = (tx: Transaction): Transaction =>
    new Proxy({} as Transaction, {
      get: (_target, name) => {
        const value: unknown = Reflect.get(tx, name, tx);
        if (isModel(name, value)) return wrapModel(value, checked);
        return typeof value === 'function' ? checked(value.bind(tx) as Operation) : value;
      },
    });
  return (work, options) => {
    if (typeof work !== 'function') return transaction(work, options);
    return transaction(async (tx: Transaction) => {
      const result: unknown = await work(checkedTransaction(tx));
      lifetime.check(); // Or it would be committed.
      return result;
    }, withTimeout(options));
  };
}
