import pg from 'pg';
import { expect } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { MAKE_SOURCE } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { freePort } from '../support/processes/free-port.js';
import { type Environment, post, serve } from '../support/processes/processes.js';
import { check, type LogLine, NO_FAULT, type Verdict } from './checker.js';
import { type Follower, reach } from './follower.js';
import { startWriters, type Writers } from './writers.js';

type Instance = Awaited<ReturnType<typeof serve>>;

/** An instance that keeps its address across restarts. */
export interface Address extends AsyncDisposable {
  readonly url: string;
  /** The current process, or the last one. */
  readonly instance: Instance;
  end(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

export async function startInstance(env: Environment): Promise<Address> {
  const PORT = String(await freePort());
  const start = () => serve({ LOG_LEVEL: 'info', GRAPHIQL: 'false', ...env, PORT });
  let instance = await start();
  await post(instance.url, MAKE_SOURCE); // The source that the writers cite.
  return {
    url: instance.url,
    get instance() {
      return instance;
    },
    end: async (signal) => {
      await instance.end(signal);
    },
    start: async () => {
      instance = await start();
    },
    [Symbol.asyncDispose]: () => instance[Symbol.asyncDispose](),
  };
}

/** Two instances on one record. */
export async function startPair(env: Environment) {
  const [one, other] = await Promise.all([startInstance(env), startInstance(env)]);
  return {
    one,
    other,
    addresses: [one, other],
    /** Returns the two instances alternately. */
    urlAt: (index: number) => (index % 2 === 0 ? one.url : other.url),
    [Symbol.asyncDispose]: async () => {
      await one[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    },
  };
}

/** Returns the feed's head. */
export async function headOf(url: string): Promise<string> {
  return (await post(url, '{ feedHead }')).feedHead as string;
}

/** The application name of the tests' own connections. */
export const OBSERVER = 'doctrine-wire faults';

/** Runs a statement directly on the database. */
export async function query<R extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: OBSERVER });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Reads the log with the time of each entry, in milliseconds since 1970. */
export async function readLog(databaseUrl: string): Promise<(LogLine & { at: number })[]> {
  const rows = await query<{ position: string; slug: string; at: string }>(
    databaseUrl,
    `SELECT entry.position, development.slug, extract(epoch FROM entry.recorded_at) * 1000 AS at
     FROM feed_entry AS entry JOIN development ON development.id = entry.development_id
     ORDER BY entry.position`,
  );
  return rows.map(({ position, slug, at }) => ({ position: BigInt(position), slug, at: Number(at) }));
}

export interface Settled {
  readonly databaseUrl: string;
  /** A running instance. */
  readonly url: string;
  readonly writers: readonly Writers[];
  readonly followers: readonly Follower[];
}

/**
 * Waits for the writers' last responses and for the followers to reach the head. Then publishes one more statement, so
 * that everything before it has arrived, and compares.
 */
export async function settle({ databaseUrl, url, writers, followers }: Settled): Promise<Verdict> {
  for (const one of writers) await one.finish();
  const position = async () => (await readLog(databaseUrl)).at(-1)?.position ?? 0n;
  await reach(followers, await position());
  await using last = startWriters({ writers: 1, count: 1, name: 'last', url: () => url });
  await last.finish();
  await reach(followers, await position());
  await using record = await openDatabase({ kind: 'postgres', url: databaseUrl, poolSize: 1 });
  await expectVerified(record.db);
  return check({
    acknowledged: [...writers, last].flatMap(({ acknowledged }) => acknowledged),
    log: await readLog(databaseUrl),
    received: followers.map(({ received }) => received),
  });
}

/** Prints a scenario's counts in one line and expects no faults. */
export function expectNoFault(scenario: string, verdict: Verdict, figures = ''): void {
  const { acknowledged, received, lost, doubled, outOfOrder, phantom } = verdict;
  process.stdout.write(
    `${scenario}: acknowledged ${acknowledged}, received ${received}, lost ${lost}, doubled ${doubled}, ` +
      `out of order ${outOfOrder}, phantom ${phantom}${figures && `; ${figures}`}\n`,
  );
  expect({ lost, doubled, outOfOrder, phantom }).toEqual(NO_FAULT);
  expect(acknowledged).toBeGreaterThan(0);
}
