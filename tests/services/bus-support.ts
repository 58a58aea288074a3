import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, vi } from 'vitest';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/database/open.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import type { OpenBus } from '../../src/feed/bus/bus.js';
import { startTail } from '../../src/feed/tail.js';
import { CITED, makeSource } from '../support/example-source.js';
import { freePort } from '../support/processes/free-port.js';

const NEVER = 2 ** 30;
export const NATS = process.env['TEST_NATS_URL'] ?? 'nats://127.0.0.1:4222';

/** Counts the reports to the operator about a lost and restored bus. */
export const createReports = () => ({ onLost: vi.fn(), onBack: vi.fn() });

/** Starts a tail with its own connections and the given bus, as a server does. */
export async function startInstance(
  location: DatabaseLocation,
  open: (db: Database) => OpenBus | Promise<OpenBus>,
  pollInterval = NEVER,
) {
  const opened = await openDatabase(location);
  await makeSource(opened.db);
  const bus = await open(opened.db);
  const heard: (bigint | undefined)[] = [];
  bus.onWake((position) => heard.push(position)); // First, because the first connection is a wake-up.
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const tail = await startTail({ db: opened.db, bus, pollInterval, onError });
  const received: bigint[] = [];
  tail.onAdvance((entries) => received.push(...entries.map(({ position }) => position)));
  return {
    db: opened.db,
    bus,
    /** The positions passed to followers. */
    received,
    /** The wake-ups. */
    heard,
    errors,
    publish: async (count = 1) => {
      const writer = { db: opened.db, editor: 'test', wake: bus.wake };
      for (let index = 0; index < count; index += 1) {
        const input = { headline: 'A', occurred: '2026', citations: [...CITED.citations] };
        await recordDevelopment(writer, 'STATEMENT', input, { publish: true });
      }
    },
    [Symbol.asyncDispose]: async () => {
      await tail[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;

/** Publishes on both instances in turn, each time waiting until the other one receives it. */
export async function expectToTellEachOther(one: Instance, other: Instance): Promise<void> {
  await vi.waitUntil(() => one.heard.length > 0 && other.heard.length > 0, 30_000);
  for (let round = 1; round <= 5; round += 1) {
    await one.publish();
    await vi.waitUntil(() => other.received.length === round * 2 - 1, 30_000);
    await other.publish();
    await vi.waitUntil(() => one.received.length === round * 2, 30_000);
  }
  await vi.waitUntil(() => other.received.length === 10, 30_000);
  expect(one.received).toEqual(upTo(10));
  expect(other.received).toEqual(upTo(10));
}

/** Lists the positions of so many publications. The source that they cite has the first position. */
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => BigInt(index + 2));

/** Starts a TCP proxy that can break connections or swallow all data. */
export async function startProxy(target: string) {
  const { hostname: host, port } = new URL(target);
  const clients = new Set<Socket>();
  const upstreams = new Set<Socket>();
  let swallows = false;
  const server = createServer((client) => {
    clients.add(client);
    client.on('error', () => {}).once('close', () => clients.delete(client));
    if (swallows) return void client.resume();
    const upstream = connect({ host, port: Number(port) });
    upstreams.add(upstream);
    upstream.on('error', () => {}).once('close', () => upstreams.delete(upstream));
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const own = await freePort();
  await listen(own);
  const cut = () => {
    server.close();
    for (const socket of [...clients, ...upstreams]) socket.destroy();
  };
  const url = new URL(target);
  url.port = String(own);
  return {
    url: url.href,
    /** The number of open client connections. */
    get connections() {
      return clients.size;
    },
    /** Breaks every connection and refuses new ones. */
    cut,
    restore: () => listen(own),
    /** Keeps accepting data without forwarding any. */
    swallow: () => {
      swallows = true;
      for (const socket of [...clients, ...upstreams]) socket.unpipe().resume();
    },
    [Symbol.asyncDispose]: async () => cut(),
  };
}

async function isNatsThere(): Promise<boolean> {
  const { hostname: host, port } = new URL(NATS);
  const reached = await new Promise<boolean>((resolve) => {
    const socket = connect({ host, port: Number(port) }, () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
  if (reached) return true;
  const message = `No NATS at ${NATS}`;
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`${message}.`);
  console.warn(`${message}. Its tests are skipped.`);
  return false;
}

/** A group of tests that need NATS. Skipped with a message if it is not running. */
export const describeWithNats = describe.skipIf(!(await isNatsThere()));
