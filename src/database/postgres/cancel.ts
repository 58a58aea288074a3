import pg from 'pg';

/** When a statement must end. */
export interface Until {
  /** @throws {Error} If it is over already. */
  check(): void;
  /** Calls the listener when it is over. Returns a function that removes it. */
  onEnd(listener: () => void): () => void;
}

/** Cancels a statement that runs on a connection. Resolves when the database has been told. Never rejects. */
export type Cancel = (connection: pg.PoolClient, text: string) => Promise<void>;

/**
 * Remembers the server process of each new connection, for `createCancel`.
 *
 * @returns To be called with a new connection, and with one that is closed.
 */
export class Backends {
  readonly #processes = new Map<pg.ClientBase, number>();

  async add(connection: pg.ClientBase): Promise<void> {
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const [row] = rows;
    if (row) this.#processes.set(connection, row.pid);
  }

  remove(connection: pg.ClientBase): void {
    this.#processes.delete(connection);
  }

  processOf(connection: pg.ClientBase): number | undefined {
    return this.#processes.get(connection);
  }
}

/**
 * Creates the cancellation of statements.
 *
 * @param pool Connections of their own: those of the statements may all be busy.
 */
export function createCancel(pool: pg.Pool, backends: Backends): Cancel {
  return async (connection, text) => {
    const pid = backends.processOf(connection);
    if (pid === undefined) return;
    // The text is compared, because behind a pooler the process may be running a statement of somebody else by now.
    await pool.query(CANCEL, [pid, text]).catch(() => {}); // `statement_timeout` still ends it.
  };
}

/** PostgreSQL shows the first kilobyte of a running statement. */
const CANCEL = `
  SELECT pg_cancel_backend(pid) FROM pg_stat_activity
  WHERE pid = $1 AND state = 'active' AND starts_with($2, query)`;

/** How long the database may take to end a statement that is over, in milliseconds; then its connection is closed. */
const CANCEL_GRACE = 2_000;

interface RunOptions {
  /** Undefined if the statement may go on. */
  readonly until: Until | undefined;
  /** Undefined if the database cannot. */
  readonly cancel: Cancel | undefined;
}

/** Runs a statement on a connection, unless it is over by then, and cancels it when it is. Releases the connection. */
export async function runOn(
  connection: pg.PoolClient,
  statement: pg.QueryConfig,
  { until, cancel }: RunOptions,
): Promise<pg.QueryResult> {
  const ignore = () => {}; // A broken connection also rejects the statement.
  connection.on('error', ignore);
  let isReleased = false;
  const release = (broken?: Error) => {
    if (isReleased) return;
    isReleased = true;
    connection.release(broken);
    connection.off('error', ignore);
  };
  let cancelling: Promise<void> | undefined;
  let giveUp: NodeJS.Timeout | undefined;
  let stop = () => {};
  try {
    until?.check();
    const end = (cancel: Cancel) => {
      cancelling = cancel(connection, statement.text);
      // Closing the connection rejects the statement.
      giveUp = setTimeout(() => release(new Error('The database does not answer.')), CANCEL_GRACE);
    };
    if (until && cancel) stop = until.onEnd(() => end(cancel));
    const result = await connection.query(statement);
    await cancelled();
    release();
    return result;
  } catch (error) {
    await cancelled();
    release(error instanceof pg.DatabaseError || !(error instanceof Error) ? undefined : error);
    throw error;
  }

  /** Waits until no cancellation is on its way: it would hit the next statement on the connection. */
  async function cancelled(): Promise<void> {
    stop();
    if (!isReleased) await cancelling;
    clearTimeout(giveUp);
  }
}
