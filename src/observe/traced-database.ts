import type { Database } from '../database/open.js';
import { type DatabaseWatch, type WatchedOperation, watchDatabase } from '../database/watched-database.js';
import type { CallSpan } from './traces.js';

/** Returns a database for one traced request. It adds a span for each operation and each raw statement. */
export const traceDatabase = (db: Database, span: CallSpan): Database =>
  watchDatabase(db, createTracedWatch(span));

function createTracedWatch(span: CallSpan): DatabaseWatch {
  const operation: DatabaseWatch['operation'] = async ({ operation: name, ...what }, work) => {
    const startedAt = new Date();
    const began = performance.now();
    try {
      return await work();
    } finally {
      const duration = performance.now() - began;
      span.databaseOperation({ operation: name ?? verbOf(what), ...what, startedAt, duration });
    }
  };
  return { operation, statement: (text, work) => operation({ text }, work) };
}

const verbOf = ({ text = '' }: WatchedOperation) =>
  /^\w+/.exec(text.trimStart())?.[0]?.toUpperCase() ?? 'SQL';
