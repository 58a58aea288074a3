import type { Database } from '../../database/open.js';
import { watchDatabase } from '../../database/watched-database.js';
import type { Work } from './work.js';

/** Returns a database for one request that adds the time of its statements to the request's work. */
export const measureDatabase = (db: Database, work: Work): Database =>
  watchDatabase(db, {
    operation: async (_what, run) => {
      work.began();
      try {
        return await run();
      } finally {
        work.ended();
      }
    },
    statement: (_text, run) => run(work),
  });
