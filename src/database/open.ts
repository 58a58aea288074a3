import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import pg from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.js';
import { Backends, type Cancel, createCancel } from './cancel.js';
import { lockDirectory } from './directory-lock.js';
import { DatabaseStartError } from './errors.js';
import type { ImageName } from './image.js';
import { isMigrated, migrate } from './migrate.js';
import { createDriver, type Driver, type Statement } from './read.js';

/**
 * Where the record is kept: a PostgreSQL server, a directory, or an embedded instance that is already open. The
 * caller that opened an instance also closes it, and lets one {@link OpenDatabase} at a time use it.
 */
export type DatabaseLocation =
  | { kind: 'postgres'; url: string; poolSize: number }
  | { kind: 'embedded'; directory: string }
  | { kind: 'instance'; pglite: PGlite };

/** Prisma's models and raw statements, inside a transaction or not. */
export interface Transaction extends Prisma.TransactionClient {
  /** Undefined inside a transaction, whose statements must use its own connection. */
  readonly driver?: Driver;
}

/** The record's database, outside transactions. (Pothos requires `$connect` of a client.) */
export interface Database extends Transaction, Pick<PrismaClient, '$connect' | '$transaction'> {
  /** Carries the statements of `read`. */
  readonly driver: Driver;
  /** Calls the listener after each statement, until the returned function is called. */
  onStatement(listener: (statement: Statement) => void): () => void;
}

export interface OpenDatabase extends AsyncDisposable {
  readonly db: Database;
  /** The connections under `db`, for the few statements that Prisma cannot express. */
  readonly pool: pg.Pool;
  /** For the look-ups before a request is executed: on PostgreSQL, connections that its statements never hold. */
  readonly lookUps: { readonly db: Database; readonly pool: pg.Pool };
  /** The migrations that opening it applied. */
  readonly applied: readonly string[];
}

/**
 * Settings of the planner for every connection. With a larger cache it underestimates index scans that stop early, and
 * reads ten times the rows: see bench/plans.md.
 */
const PLANNING = "SET effective_cache_size = '8MB'";

export interface DatabaseOptions {
  /** How long a statement may run on PostgreSQL before it is cancelled, in milliseconds. Default: no limit. */
  readonly statementTimeout?: number;
  /** The image to create a new embedded record from, if the build has made it. Default: initialise and migrate it. */
  readonly image?: ImageName;
}

/**
 * Opens the record's database and migrates it.
 *
 * @throws {DatabaseStartError} If the server cannot be reached, the directory is in use or unreadable, or a migration
 *   fails.
 */
export async function openDatabase(
  location: DatabaseLocation,
  { statementTimeout, image }: DatabaseOptions = {},
): Promise<OpenDatabase> {
  const resources = new AsyncDisposableStack();
  try {
    const { pool, backends } = await openPool(location, resources, image, statementTimeout);
    const applied = await migrateAlone(location, pool);
    const client: PrismaClient<'query'> = new PrismaClient({
      adapter: new PrismaPg(pool),
      log: [{ emit: 'event', level: 'query' }],
      transactionOptions: { maxWait: statementTimeout ?? 15_000, timeout: statementTimeout ?? 30_000 },
    });
    resources.defer(() => client.$disconnect());
    const lookUpPool =
      location.kind === 'postgres' && statementTimeout !== undefined
        ? openLookUps(location.url, resources, statementTimeout)
        : pool;
    const { db, report } = createDatabase(client, pool, backends && createCancel(lookUpPool, backends));
    const lookUps = { db: { ...db, driver: createDriver(lookUpPool, undefined, report) }, pool: lookUpPool };
    const disposal = resources.move();
    return { db, pool, lookUps, applied, [Symbol.asyncDispose]: () => disposal.disposeAsync() };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

const METHODS = [
  ...(['$connect', '$executeRaw', '$executeRawUnsafe', '$queryRaw', '$queryRawUnsafe'] as const),
  '$transaction',
] as const;

/** Combines the client's models and methods with the driver. */
function createDatabase(
  client: PrismaClient<'query'>,
  pool: pg.Pool,
  cancel: Cancel | undefined,
): { readonly db: Database; readonly report: (statement: Statement) => void } {
  const listeners = new Set<(statement: Statement) => void>();
  const report = (statement: Statement) => {
    for (const listener of listeners) listener(statement);
  };
  client.$on('query', report);
  const models = Object.values(Prisma.ModelName).map(
    (name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<typeof name>,
  );
  const members = [
    ...models.map((name) => [name, client[name]]),
    ...METHODS.map((name) => [name, client[name].bind(client)]),
  ];
  const db: Database = {
    ...(Object.fromEntries(members) as Pick<PrismaClient, (typeof models | typeof METHODS)[number]>),
    driver: createDriver(pool, cancel, report),
    onStatement: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { db, report };
}

/** Connections for look-ups, so that a flood of slow queries does not hold up authentication. */
const LOOK_UP_CONNECTIONS = 2;

function openLookUps(url: string, resources: AsyncDisposableStack, statementTimeout: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: LOOK_UP_CONNECTIONS,
    connectionTimeoutMillis: statementTimeout,
    statement_timeout: statementTimeout,
  });
  pool.on('error', () => {}); // As in openPostgres.
  return resources.adopt(pool, (opened) => opened.end());
}

/**
 * Migrates on separate connections: the engine's lock belongs to a session, and only the end of the session releases
 * it. In the pool it would block the start of every other instance.
 */
async function migrateAlone(location: DatabaseLocation, pool: pg.Pool): Promise<string[]> {
  if (await isMigrated(pool)) return [];
  if (location.kind !== 'postgres') return migrate(pool);
  const { pool: own } = await openPostgres(location.url, 2);
  try {
    return await migrate(own);
  } finally {
    await own.end();
  }
}

interface OpenPool {
  readonly pool: pg.Pool;
  /** Undefined for the embedded database, whose statements cannot be cancelled. */
  readonly backends: Backends | undefined;
}

async function openPool(
  location: DatabaseLocation,
  resources: AsyncDisposableStack,
  image: ImageName | undefined,
  statementTimeout: number | undefined,
): Promise<OpenPool> {
  const adopt = (pool: pg.Pool) => resources.adopt(pool, (opened) => opened.end());
  if (location.kind === 'postgres') {
    const opened = await openPostgres(location.url, location.poolSize, statementTimeout);
    adopt(opened.pool);
    return opened;
  }
  const pglite =
    location.kind === 'instance'
      ? location.pglite
      : await openDirectory(location.directory, image, resources);
  const { pgliteClient } = await import('./pglite-client.js');
  await pglite.exec(PLANNING);
  const pool = adopt(new pg.Pool({ Client: pgliteClient(pglite), max: 1, idleTimeoutMillis: 0 }));
  return { pool, backends: undefined };
}

async function openDirectory(
  directory: string,
  image: ImageName | undefined,
  resources: AsyncDisposableStack,
): Promise<PGlite> {
  resources.use(await lockDirectory(directory));
  const { openPglite } = await import('./embedded.js');
  return resources.adopt(await openPglite(join(directory, 'postgres'), image), (opened) => opened.close());
}

async function openPostgres(
  url: string,
  poolSize: number,
  statementTimeout?: number,
): Promise<{ pool: pg.Pool; backends: Backends }> {
  const backends = new Backends();
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: statementTimeout ?? 15_000,
    onConnect: async (client) => {
      // Compiling a query takes longer than it saves, because queries take milliseconds.
      await client.query(`SET jit = off; ${PLANNING}`);
      await backends.add(client);
    },
    ...(statementTimeout !== undefined && { statement_timeout: statementTimeout }),
  });
  pool.on('error', () => {}); // An idle connection that breaks is replaced by the next query.
  pool.on('remove', (client) => backends.remove(client));
  try {
    await pool.query('SELECT 1');
    return { pool, backends };
  } catch (error) {
    await pool.end();
    const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
    throw new DatabaseStartError(
      `PostgreSQL at ${withoutPassword(url)} cannot be used: ${reason}. Check DATABASE_URL and that the ` +
        'server runs, or unset it to use the embedded database.',
      { cause: error },
    );
  }
}

function withoutPassword(url: string): string {
  // To the last @, because a password may contain an unencoded one.
  return url.replace(/(:\/\/[^:@/]*):.*@/, '$1:***@').replace(/([?&]password=)[^&]*/, '$1***');
}
