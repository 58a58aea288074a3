import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.js';
import { lockDirectory } from './directory-lock.js';
import { DatabaseStartError } from './errors.js';
import { withFastReads } from './fast-reads.js';
import type { ImageName } from './image.js';
import { isMigrated, migrate } from './migrate.js';

/** Where the record is kept: a PostgreSQL server, a directory, or (for tests) memory alone. */
export type DatabaseLocation =
  | { kind: 'postgres'; url: string; poolSize: number }
  | { kind: 'embedded'; directory: string }
  | { kind: 'memory' };

/** A Prisma client on the record's database. */
export type Database = PrismaClient<'query'>;

/** What runs inside a transaction: the same models, without starting another. */
export type Transaction = Prisma.TransactionClient;

export interface OpenDatabase extends AsyncDisposable {
  readonly db: Database;
  /** The connections under `db`, for the few statements that Prisma cannot express. */
  readonly pool: pg.Pool;
  /** The migrations that opening it applied. */
  readonly applied: readonly string[];
}

/**
 * How every connection plans. A large cache makes the planner take an index walk that ends early for far
 * cheaper than it is, and read ten times the rows that it has to: see bench/plans.md. And compiling takes
 * longer than it saves where an answer is due in milliseconds.
 */
const PLANNING = "SET effective_cache_size = '8MB'";

export interface DatabaseOptions {
  /** How long a statement may run on PostgreSQL before it is cancelled, in milliseconds; for ever, where left out. */
  readonly statementTimeout?: number;
  /** What a new embedded record holds, if the build has made an image of it. Default: it is initialised and migrated. */
  readonly image?: ImageName;
}

/**
 * Opens the record's database and migrates it.
 *
 * @throws {DatabaseStartError} When the server cannot be reached, the directory is in use or
 *   unreadable, or a migration fails.
 */
export async function openDatabase(
  location: DatabaseLocation,
  { statementTimeout, image }: DatabaseOptions = {},
): Promise<OpenDatabase> {
  const resources = new AsyncDisposableStack();
  try {
    const pool = resources.adopt(await openPool(location, resources, image, statementTimeout), (opened) =>
      opened.end(),
    );
    const applied = await migrateAlone(location, pool);
    const client: PrismaClient<'query'> = new PrismaClient({
      adapter: new PrismaPg(pool),
      log: [{ emit: 'event', level: 'query' }],
      transactionOptions: { maxWait: 15_000, timeout: 30_000 },
    });
    resources.defer(() => client.$disconnect());
    const db = withFastReads(client, pool);
    const disposal = resources.move();
    return { db, pool, applied, [Symbol.asyncDispose]: () => disposal.disposeAsync() };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

/**
 * Migrates on connections of its own: the engine's lock belongs to the session that took it, and only
 * the session's end gives it back. In the pool it would keep other instances from ever starting.
 */
async function migrateAlone(location: DatabaseLocation, pool: pg.Pool): Promise<string[]> {
  if (await isMigrated(pool)) return [];
  if (location.kind !== 'postgres') return migrate(pool, new PrismaPg(pool));
  const own = await openPostgres(location.url, 2);
  try {
    return await migrate(own, new PrismaPg(own));
  } finally {
    await own.end();
  }
}

async function openPool(
  location: DatabaseLocation,
  resources: AsyncDisposableStack,
  image: ImageName | undefined,
  statementTimeout: number | undefined,
): Promise<pg.Pool> {
  if (location.kind === 'postgres') return openPostgres(location.url, location.poolSize, statementTimeout);
  if (location.kind === 'embedded') resources.use(await lockDirectory(location.directory));
  const { pgliteClient } = await import('./pglite-client.js');
  const pglite = await openPglite(location, image);
  resources.adopt(pglite, (opened) => opened.close());
  await pglite.exec(PLANNING);
  return new pg.Pool({ Client: pgliteClient(pglite), max: 1, idleTimeoutMillis: 0 });
}

async function openPostgres(url: string, poolSize: number, statementTimeout?: number): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 15_000,
    onConnect: async (client) => {
      await client.query(`SET jit = off; ${PLANNING}`);
    },
    ...(statementTimeout !== undefined && { statement_timeout: statementTimeout }),
  });
  pool.on('error', () => {}); // An idle connection that breaks is replaced by the next query.
  try {
    await pool.query('SELECT 1');
    return pool;
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

async function openPglite(
  location: { kind: 'embedded'; directory: string } | { kind: 'memory' },
  image: ImageName | undefined,
) {
  if (location.kind === 'memory') return (await import('@electric-sql/pglite')).PGlite.create();
  const embedded = await import('./embedded.js');
  return embedded.openPglite(join(location.directory, 'postgres'), image);
}

function withoutPassword(url: string): string {
  // To the last @: who forgets to encode one in the password has the rest of it there.
  return url.replace(/(:\/\/[^:@/]*):.*@/, '$1:***@').replace(/([?&]password=)[^&]*/, '$1***');
}
