import pg from 'pg';
import { DatabaseUnavailableError } from '../unavailable.js';

export interface PostgresClientOptions {
  /**
   * How long the answer to a query may take, in milliseconds, unless the query sets its own time. Longer than
   * `statement_timeout`. Undefined: no limit, for statements that may take hours.
   */
  readonly answerTimeout: number | undefined;
  /** Called with each connection that was closed because it went silent. */
  onSilent(error: DatabaseUnavailableError): void;
}

/** A query of node-postgres with a time of its own. */
export interface TimedQuery extends pg.QueryConfig {
  /** How long the answer may take before the connection is closed, in milliseconds. PGlite ignores it. */
  readonly answerTimeout?: number | undefined;
}

/** How long a new connection may take, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/** How long an idle connection may take to answer, in milliseconds, while others are silent. */
const CHECK_TIMEOUT = 2_000;
/** The kernel asks a silent peer after this many milliseconds whether it is still there. */
const KEEP_ALIVE_DELAY = 5_000;

type Done = (error: Error | null | undefined, result?: unknown) => void;

/**
 * Returns a node-postgres client class that notices connections that have gone silent: the network drops their packets
 * and tells nobody. A connection whose query is not answered in time is closed, so that no pool gives it out again.
 *
 * Silent connections come together, after a failover for example. So the first one has all idle connections of the class
 * checked, and those that do not answer are closed too.
 *
 * Errors of a connection are {@link DatabaseUnavailableError}. Errors that the server reports are unchanged.
 */
export function postgresClient({ answerTimeout, onSilent }: PostgresClientOptions): typeof pg.Client {
  const open = new Set<PostgresClient>();

  class PostgresClient extends pg.Client {
    #running = 0;

    constructor(config?: string | pg.ClientConfig) {
      const given = typeof config === 'object' ? config : { connectionString: config };
      super({ ...given, keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY });
      this.on('error', () => {}); // Its queries get the error. Without a listener, it would end the process.
      this.once('end', () => open.delete(this));
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: Done): void;
    override connect(callback?: Done): Promise<pg.Client> | undefined {
      if (callback) {
        this.#connect(callback);
        return undefined;
      }
      return new Promise((resolve, reject) => {
        this.#connect((error) => (error ? reject(error) : resolve(this)));
      });
    }

    #connect(done: Done): void {
      const timer = setTimeout(() => this.#close('open', CONNECT_TIMEOUT), CONNECT_TIMEOUT);
      super.connect((error: Error | null) => {
        clearTimeout(timer);
        if (!error) open.add(this);
        done(error && this.#told(error));
      });
    }

    // `never` fits the result of each of node-postgres's overloads.
    override query(...args: unknown[]): never {
      const run = (given: unknown[]) => Reflect.apply(super.query, this, given) as unknown;
      const [query] = args;
      if (isSubmittable(query)) return run(args) as never;
      const end = this.#begin(isTimed(query) ? query.answerTimeout : answerTimeout);
      const last = args.at(-1);
      if (typeof last === 'function') {
        const settle: Done = (error, result) => {
          end();
          (last as Done)(error && this.#told(error), result);
        };
        return run([...args.slice(0, -1), settle]) as never;
      }
      const answered = (run(args) as Promise<unknown>).finally(end);
      return answered.catch((error: Error) => {
        throw this.#told(error);
      }) as never;
    }

    #begin(timeout: number | undefined): () => void {
      this.#running += 1;
      let isOver = false;
      const timer =
        timeout === undefined
          ? undefined
          : setTimeout(() => {
              // After a long turn of the event loop, the answer may be here and not read yet.
              setImmediate(() => {
                if (!isOver) this.#close('answer', timeout);
              });
            }, timeout);
      return () => {
        isOver = true;
        this.#running -= 1;
        clearTimeout(timer);
      };
    }

    #close(what: 'open' | 'answer', timeout: number): void {
      const error = new DatabaseUnavailableError(
        what === 'open'
          ? `PostgreSQL did not accept a connection within ${timeout} ms.`
          : `A connection to PostgreSQL went silent: no answer within ${timeout} ms.`,
      );
      open.delete(this);
      onSilent(error);
      this.connection.stream.destroy(error); // Fails all of its queries.
      if (what === 'answer') for (const other of open) other.#checkIfIdle();
    }

    #checkIfIdle(): void {
      if (this.#running > 0) return; // Its query has a time of its own.
      const check: TimedQuery = { text: 'SELECT 1', answerTimeout: CHECK_TIMEOUT };
      const answered: Promise<unknown> = this.query(check);
      answered.catch(() => {}); // Also fails in a failed transaction, and that is an answer.
    }

    /** Returns the error to throw: the server's own, or why the connection is of no use. */
    #told(error: Error): Error {
      const isConnections = error instanceof pg.DatabaseError || error instanceof DatabaseUnavailableError;
      if (isConnections || !this.connection.stream.destroyed) return error;
      return new DatabaseUnavailableError(`The connection to PostgreSQL broke: ${error.message}`, {
        cause: error,
      });
    }
  }

  return PostgresClient;
}

const isSubmittable = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && 'submit' in query;

const isTimed = (query: unknown): query is TimedQuery =>
  typeof query === 'object' && query !== null && 'answerTimeout' in query;
