import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { PglitePgConnection } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import { DatabaseUnavailableError } from '../unavailable.js';

/** The embedded database of a process. */
export interface Embedded {
  readonly pglite: PGlite;
  /** Why it can no longer be used; undefined while it can. */
  failure?: DatabaseUnavailableError | undefined;
  /** Called once, when it has failed: the disk is full, or its memory is damaged. Only a new process can open it again. */
  onFailure(failure: DatabaseUnavailableError): void;
}

/**
 * Returns a node-postgres client class that connects to an embedded PGlite instead of a socket, so that one Prisma adapter
 * serves both databases.
 *
 * PGlite has one session, so use the class in a pool of one, where transactions queue.
 */
export function pgliteClient(embedded: Embedded): typeof pg.Client {
  const { pglite } = embedded;
  class Connection extends PglitePgConnection {
    // Prisma's adapter passes per-query type parsers as `types`, where PGlite expects parameter OIDs.
    override parse(query: { name?: string; text: string }): void {
      super.parse({ name: query.name, text: query.text });
    }

    // Clients use the same session one after the other. A new one must not see the previous one's open transaction or
    // prepared statements.
    override async connect(port: number, host: string): Promise<void> {
      try {
        if (embedded.failure) throw embedded.failure;
        await pglite.waitReady;
        if (pglite.isInTransaction()) await pglite.exec('ROLLBACK');
        await pglite.exec('DEALLOCATE ALL');
        await super.connect(port, host);
      } catch (error) {
        // node-postgres does not wait for the promise, and listens after this call.
        process.nextTick(() => this.emit('error', error));
      }
    }

    override end(): void {
      super.end(); // Removes all listeners, while messages may still fail.
      this.on('error', () => {});
    }
  }

  return class PgliteClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      const given = typeof config === 'object' ? config : {};
      // node-postgres accepts another transport as `connection`, which its types lack.
      const connection = new Connection({ pglite: yielding(embedded) });
      super({ ...given, user: 'postgres', connection } as pg.ClientConfig);
      this.on('error', () => {}); // Its queries get the error. Without a listener, it would end the process.
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
function yielding(embedded: Embedded): PGlite {
  const { pglite } = embedded;
  const execProtocolStream: PGlite['execProtocolStream'] = async (message, options) => {
    if (message[0] === PARSE || message[0] === QUERY) await setImmediate();
    if (embedded.failure) throw embedded.failure;
    const answers = await pglite.execProtocolStream(message, options).catch((error: Error) => {
      if (pglite.closed) throw error;
      throw fail(embedded, error); // WebAssembly has aborted.
    });
    const fatal: unknown = answers.find(isFatal);
    if (fatal instanceof Error) throw fail(embedded, fatal);
    return answers;
  };
  return { waitReady: pglite.waitReady, execProtocolStream } as PGlite; // A connection uses no other members.
}

/** PostgreSQL ends its process after these. PGlite cannot, and would go on with a damaged memory. */
const isFatal = (answer: object): boolean =>
  'severity' in answer && ['PANIC', 'FATAL'].includes(String(answer.severity));

function fail(embedded: Embedded, cause: Error): DatabaseUnavailableError {
  if (embedded.failure) return embedded.failure;
  embedded.failure = new DatabaseUnavailableError(
    `The embedded database has failed: ${cause.message}. See that its disk has room and is writable, then start again. ` +
      'Every acknowledged write is kept.',
    { cause },
  );
  embedded.onFailure(embedded.failure);
  return embedded.failure;
}
