import { Socket } from 'node:net';
import pg from 'pg';
import { FEED_CHANNEL } from '../position.js';
import { type BusReports, type OpenBus, readWake } from './bus.js';
import { atMost, type Connection, keepConnected } from './keep-connected.js';
import { createLocalBus } from './local.js';

export interface PostgresBusOptions extends BusReports {
  /** The record's database, without a pooler in transaction mode. */
  readonly url: string;
}

const CONNECT_TIMEOUT = 5_000;
/** How often the connection is asked for an answer, in milliseconds, and how long the answer may take. */
const CHECK_INTERVAL = 4_000;
const CHECK_TIMEOUT = 4_000;
const GOODBYE = 500;

/**
 * Starts a bus on PostgreSQL's LISTEN. PostgreSQL notifies at the commit of every append to the feed, so this bus hears
 * every writer. Its own `wake` only reaches this process.
 *
 * Returns at once and connects in the background. After each (re)connect it wakes its listeners without a position,
 * because PostgreSQL replays no missed notifications.
 */
export function startPostgresBus({ url, onLost, onBack }: PostgresBusOptions): OpenBus {
  const local = createLocalBus();
  const kept = keepConnected({
    connect: (signal) => listen(url, signal, (payload) => local.wake(readWake(payload))),
    onUp: () => local.wake(),
    onLost,
    onBack,
  });
  return { ...local, [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose]() };
}

async function listen(
  url: string,
  signal: AbortSignal,
  onPayload: (payload: string) => void,
): Promise<Connection> {
  // Our own socket, because a client cannot be stopped while it connects.
  const socket = new Socket();
  const destroy = () => socket.destroy();
  const giveUp = (error: unknown) => socket.destroy(error instanceof Error ? error : undefined);
  try {
    signal.throwIfAborted();
    signal.addEventListener('abort', destroy, { once: true });
    const client = new pg.Client({
      connectionString: url,
      application_name: 'doctrine-wire feed',
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      query_timeout: CHECK_TIMEOUT,
      keepAlive: true,
      stream: () => socket,
    });
    const gone = new Promise<unknown>((resolve) => {
      client.on('error', resolve); // Stays attached: an unhandled 'error' event ends the process.
      client.on('end', () => resolve(new Error('PostgreSQL closed the connection.')));
    });
    client.on('notification', ({ payload = '' }) => onPayload(payload));
    await client.connect();
    await client.query(`LISTEN ${FEED_CHANNEL}`);
    // Detects connections that a firewall dropped silently.
    const check = setInterval(() => client.query('SELECT 1').catch(giveUp), CHECK_INTERVAL);
    return {
      gone,
      [Symbol.asyncDispose]: async () => {
        clearInterval(check);
        await atMost(GOODBYE, client.end());
        socket.destroy();
      },
    };
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', destroy);
  }
}
