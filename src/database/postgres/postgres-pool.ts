import pg from 'pg';
import { DatabaseUnavailableError } from '../unavailable.js';
import { postgresClient } from './postgres-client.js';

export interface PoolSettings {
  /** How long a statement may run on PostgreSQL before it is cancelled, in milliseconds. Default: no limit. */
  readonly statementTimeout?: number;
  /** Called with each connection to PostgreSQL that was closed because it went silent. */
  readonly onSilent?: (error: DatabaseUnavailableError) => void;
}

/** How long a task waits for a connection, in milliseconds, unless a statement may not take as long. */
const WAIT_TIMEOUT = 15_000;
/** PostgreSQL cancels a statement and says so. Only then a missing answer means that the connection is silent. */
const GRACE = 2_000;

/** How long a transaction of a server may wait for its next statement, in milliseconds, before it is rolled back. */
const IDLE_TIMEOUT = 10_000;

/**
 * PostgreSQL notices a client whose packets are lost within some 15 s. By default it would keep the locks of its
 * transaction for two hours.
 */
const SERVER_KEEP_ALIVE =
  'SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 5';

/**
 * Returns the options of a pool.
 *
 * With a `statementTimeout`, each answer has a time limit too, and so has a transaction that waits for its next statement.
 * Without one, a statement may take hours (imports, migrations, verification), and only the kernel's keep-alive finds a
 * silent connection.
 *
 * @param settings SQL that sets up each connection.
 */
export function poolOptions(
  url: string,
  poolSize: number,
  { statementTimeout, onSilent = () => {} }: PoolSettings,
  settings: string,
): pg.PoolConfig {
  const answerTimeout = statementTimeout === undefined ? undefined : statementTimeout + GRACE;
  const idle =
    statementTimeout === undefined ? '' : `SET idle_in_transaction_session_timeout = ${IDLE_TIMEOUT};`;
  return {
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: statementTimeout ?? WAIT_TIMEOUT,
    Client: postgresClient({ answerTimeout, onSilent }),
    onConnect: async (client) => {
      // Compiling a query takes longer than it saves, because queries take milliseconds.
      await client.query(`SET jit = off; ${settings}; ${SERVER_KEEP_ALIVE}; ${idle}`);
    },
    ...(statementTimeout !== undefined && { statement_timeout: statementTimeout }),
  };
}

type Connected = Parameters<pg.Pool['connect']>[0];

/** A pool whose `connect` fails with {@link DatabaseUnavailableError} whenever there is no connection to be had. */
export class RecordPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect().catch((error: Error) => Promise.reject(unavailable(error)));
    super.connect((error, client, done) => callback(error && unavailable(error), client, done));
    return undefined;
  }
}

function unavailable(error: Error): Error {
  if (error instanceof DatabaseUnavailableError) return error;
  return new DatabaseUnavailableError(`There is no connection to PostgreSQL: ${error.message}`, {
    cause: error,
  });
}
