/**
 * The database could not be reached, or a connection to it broke or went silent. Whether a write in progress was
 * committed is unknown.
 */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  readonly code = 'DATABASE_UNAVAILABLE';
}

const MAX_CAUSES = 10;

/**
 * Whether the database was away, by the classes and codes of an error and its causes: it could not be reached, was
 * starting or stopping, took no more connections, or broke the connection. The same request can succeed later.
 */
export function isUnavailable(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; typeof cause === 'object' && cause !== null && depth < MAX_CAUSES; depth += 1) {
    if (cause instanceof DatabaseUnavailableError) return true;
    const { code, originalCode, kind } = cause as { code?: unknown; originalCode?: unknown; kind?: unknown };
    if ([code, originalCode].some(isCodeOfAbsence)) return true;
    if (typeof kind === 'string' && KINDS.has(kind)) return true;
    cause = causeOf(cause);
  }
  return false;
}

/** Prisma keeps the database's error in `meta.driverAdapterError`, and the adapter's in `cause`. */
function causeOf(error: object): unknown {
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
  return cause ?? meta?.driverAdapterError;
}

const isCodeOfAbsence = (code: unknown): boolean =>
  typeof code === 'string' && (CODES.has(code) || /^08[0-9A-Z]{3}$/.test(code));

const CODES: ReadonlySet<string> = new Set([
  // Node's, of a socket or a look-up of a host name.
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
  // PostgreSQL's, besides class 08 (connection exceptions): it stops, crashed, starts, or the session was ended.
  ...['57P01', '57P02', '57P03', '57P05', '25P03'],
  // It has no connection or no disk space left, or it is a standby since a failover.
  ...['53300', '53100', '25006'],
  // Prisma keeps the code of an error that it does not know.
  'DATABASE_UNAVAILABLE',
  // Prisma's: unreachable, timed out, closed the connection, no connection in time.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024'],
]);

/** Prisma's driver adapter has kinds instead of codes for errors of sockets. */
const KINDS: ReadonlySet<string> = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);
