import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import pg from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.js';
import { explained, prepareDirectory } from './embedded/data-directory.js';
import { lockDirectory } from './embedded/directory-lock.js';
import type { ImageName } from './embedded/image.js';
import type { Embedded } from './embedded/pglite-client.js';
import { DatabaseStartError } from './errors.js';
import { isMigrated, migrate, migrationNames } from './migrate.js';
import { Backends, type Cancel, createCancel } from './postgres/cancel.js';
import { type PoolSettings, poolOptions, RecordPool } from './postgres/postgres-pool.js';
import { createDriver, type Driver, type Statement } from './read.js';
import { DatabaseUnavailableError } from './unavailable.js';

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
  /** Resolves when the embedded database has failed, and never otherwise. The process must end then. */
  readonly failed: Promise<DatabaseUnavailableError>;
}

/**
 * Settings of the planner for every connection. With a larger cache it underestimates index scans that stop early, and
 * reads ten times the rows: see bench/plans.md.
 */
const PLANNING = "SET effective_cache_size = '8MB'";

export interface DatabaseOptions extends PoolSettings {
  /**
   * The image to create a new embedded record from, if the build has made it. Default: that of an empty record.
   * `initialise` creates it without one.
   */
  readonly image?: ImageName | 'initialise';
}

/**
 * Opens the record's database and migrates it.
 *
 * @throws {DatabaseStartError} If the server cannot be reached, the directory is in use or unreadable, or a migration
 *   fails.
 */
export async function openDatabase(
  location: DatabaseLocation,
  options: DatabaseOptions = {},
): Promise<OpenDatabase> {
  const resources = new AsyncDisposableStack();
  let onFailure: (failure: DatabaseUnavailableError) => void = () => {};
  const failed = new Promise<DatabaseUnavailableError>((resolve) => {
    onFailure = resolve;
  });
  try {
    // Closed after the other connections, whose last statements it may have to cancel.
    const ownLookUps =
      location.kind === 'postgres' && options.statementTimeout !== undefined
        ? openLookUps(location.url, resources, options)
        : undefined;
    const { pool, backends, isNew } = await openPool(location, resources, options, (failure) =>
      onFailure(failure),
    );
    const lookUpPool = ownLookUps ?? pool;
    const missing = await migrateAlone(location, pool);
    const applied = isNew && missing.length === 0 ? await migrationNames() : missing;
    const client: PrismaClient<'query'> = new PrismaClient({
      adapter: new PrismaPg(pool),
      log: [{ emit: 'event', level: 'query' }],
      transactionOptions: { maxWait: 15_000, timeout: 30_000 },
    });
    resources.defer(() => client.$disconnect());
    const { db, report } = createDatabase(client, pool, backends && createCancel(lookUpPool, backends));
    const lookUps = { db: { ...db, driver: createDriver(lookUpPool, undefined, report) }, pool: lookUpPool };
    const disposal = resources.move();
    return { db, pool, lookUps, applied, failed, [Symbol.asyncDispose]: () => disposal.disposeAsync() };
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

function openLookUps(url: string, resources: AsyncDisposableStack, options: DatabaseOptions): pg.Pool {
  const pool = new RecordPool(poolOptions(url, LOOK_UP_CONNECTIONS, options, PLANNING));
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
  /** Whether an embedded record was created, from an image that has the migrations or without one. */
  readonly isNew: boolean;
}

async function openPool(
  location: DatabaseLocation,
  resources: AsyncDisposableStack,
  options: DatabaseOptions,
  onFailure: Embedded['onFailure'],
): Promise<OpenPool> {
  const adopt = (pool: pg.Pool) => resources.adopt(pool, (opened) => opened.end());
  if (location.kind === 'postgres') {
    const opened = await openPostgres(location.url, location.poolSize, options);
    adopt(opened.pool);
    return { ...opened, isNew: false };
  }
  const { embedded, isNew } =
    location.kind === 'instance'
      ? { embedded: { pglite: location.pglite, onFailure }, isNew: false }
      : await openDirectory(location.directory, options.image ?? 'none', resources, onFailure);
  const { pgliteClient } = await import('./embedded/pglite-client.js');
  await embedded.pglite.exec(PLANNING);
  const pool = adopt(new pg.Pool({ Client: pgliteClient(embedded), max: 1, idleTimeoutMillis: 0 }));
  pool.on('error', () => {}); // Its queries get the error.
  return { pool, backends: undefined, isNew };
}

async function openDirectory(
  directory: string,
  image: ImageName | 'initialise',
  resources: AsyncDisposableStack,
  onFailure: Embedded['onFailure'],
): Promise<{ embedded: Embedded; isNew: boolean }> {
  await prepareDirectory(directory);
  resources.use(await explained(directory, () => lockDirectory(directory)));
  const { openPglite } = await import('./embedded/embedded.js');
  const { pglite, isNew } = await openPglite(join(directory, 'postgres'), image);
  const embedded: Embedded = { pglite, onFailure };
  // A failed one would never finish its last checkpoint.
  resources.defer(() => (embedded.failure ? undefined : pglite.close()));
  return { embedded, isNew };
}

async function openPostgres(
  url: string,
  poolSize: number,
  options: DatabaseOptions = {},
): Promise<{ pool: pg.Pool; backends: Backends }> {
  const backends = new Backends();
  const given = poolOptions(url, poolSize, options, PLANNING);
  const pool = new RecordPool({
    ...given,
    onConnect: async (client) => {
      await given.onConnect?.(client);
      await backends.add(client);
    },
  });
  pool.on('error', () => {}); // An idle connection that breaks is replaced by the next query.
  pool.on('remove', (client) => backends.remove(client));
  try {
    await pool.query('SELECT 1');
    return { pool, backends };
  } catch (error) {
    await pool.end();
    const cause = error instanceof DatabaseUnavailableError ? (error.cause ?? error) : error;
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : String(cause);
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
