import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { PglitePgConnection } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';

/**
 * Returns a node-postgres client class that connects to an embedded PGlite instead of a socket, so that one Prisma adapter
 * serves both databases.
 *
 * PGlite has one session, so use the class in a pool of one, where transactions queue.
 */
export function pgliteClient(pglite: PGlite): typeof pg.Client {
  class Connection extends PglitePgConnection {
    // Prisma's adapter passes per-query type parsers as `types`, where PGlite expects parameter OIDs.
    override parse(query: { name?: string; text: string }): void {
      super.parse({ name: query.name, text: query.text });
    }

    // Clients use the same session one after the other. A new one must not see the previous one's open transaction or
    // prepared statements.
    override async connect(port: number, host: string): Promise<void> {
      await pglite.waitReady;
      if (pglite.isInTransaction()) await pglite.exec('ROLLBACK');
      await pglite.exec('DEALLOCATE ALL');
      await super.connect(port, host);
    }
  }

  return class PgliteClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      const given = typeof config === 'object' ? config : {};
      // node-postgres accepts another transport as `connection`, which its types lack.
      const connection = new Connection({ pglite: yielding(pglite) });
      super({ ...given, user: 'postgres', connection } as pg.ClientConfig);
    }
  };
}

const PARSE = 'P'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);

/**
 * Yields to the event loop before each query. PGlite resolves in the microtask queue, so a loop of queries would block
 * timers (such as transaction timeouts) and sockets.
 *
 * Yields only before a query's first message: another connection's messages must not come in between.
 */
function yielding(pglite: PGlite): PGlite {
  const execProtocolStream: PGlite['execProtocolStream'] = async (message, options) => {
    if (message[0] === PARSE || message[0] === QUERY) await setImmediate();
    return pglite.execProtocolStream(message, options);
  };
  return { waitReady: pglite.waitReady, execProtocolStream } as PGlite; // A connection uses no other members.
}
