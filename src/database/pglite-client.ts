import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { PglitePgConnection } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';

/**
 * A node-postgres client class whose connections end in an embedded PGlite instead of a socket, so
 * that one Prisma adapter serves both databases.
 *
 * PGlite is one session: use the class in a pool of one, which makes transactions queue.
 */
export function pgliteClient(pglite: PGlite): typeof pg.Client {
  class Connection extends PglitePgConnection {
    // Prisma's adapter passes per-query type parsers as `types`, where PGlite expects parameter OIDs.
    override parse(query: { name?: string; text: string }): void {
      super.parse({ name: query.name, text: query.text });
    }

    // All clients have one session, one after the other: none must find a transaction of another open, or a
    // statement prepared under a name that it will use.
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
      // `connection` is node-postgres's own seam for another transport; its types do not list it.
      const connection = new Connection({ pglite: yielding(pglite) });
      super({ ...given, user: 'postgres', connection } as pg.ClientConfig);
    }
  };
}

const PARSE = 'P'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);

/**
 * PGlite answers without ever leaving the microtask queue: work that queries in a loop would keep
 * timers, the time limits of transactions among them, and sockets waiting until it ends. So each
 * query lets others have a turn before its first message; later ones must follow without a pause,
 * or another connection's would come in between.
 */
function yielding(pglite: PGlite): PGlite {
  const execProtocolStream: PGlite['execProtocolStream'] = async (message, options) => {
    if (message[0] === PARSE || message[0] === QUERY) await setImmediate();
    return pglite.execProtocolStream(message, options);
  };
  return { waitReady: pglite.waitReady, execProtocolStream } as PGlite; // All that a connection uses.
}
