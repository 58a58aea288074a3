import { Socket } from 'node:net';
import pg from 'pg';
import { FEED_CHANNEL } from '../position.js';
import { type BusReports, type OpenBus, readPosition } from './bus.js';
import { atMost, type Connection, keepConnected } from './keep-connected.js';
import { createLocalBus } from './local.js';

export interface PostgresBusOptions extends BusReports {
  /** The record's database, not by way of a pooler that gives connections out per transaction. */
  readonly url: string;
}

const CONNECT_TIMEOUT = 5_000;
const CHECK_INTERVAL = 15_000;
const CHECK_TIMEOUT = 5_000;
const GOODBYE = 500;

/**
 * A bus by PostgreSQL's LISTEN. PostgreSQL itself sends the notifications, at the commit of whatever
 * appends to the feed, so this bus hears every writer; its own `wake` only reaches this process.
 *
 * Returns at once: it connects in the background, and again whenever the connection is lost, and then
 * wakes its listeners without a position, since nothing is replayed to a listener that was away.
 */
export function startPostgresBus({ url, onLost, onBack }: PostgresBusOptions): OpenBus {
  const local = createLocalBus();
  const kept = keepConnected({
    connect: (signal) => listen(url, signal, (payload) => local.wake(readPosition(payload))),
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
  // A socket of our own, because a client that is still connecting cannot be made to stop.
  const socket = new Socket();
  const destroy = () => socket.destroy();
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
      client.on('error', resolve); // Stays attached: an error that nobody listens to ends the process.
      client.on('end', () => resolve(new Error('PostgreSQL closed the connection.')));
    });
    client.on('notification', ({ payload = '' }) => onPayload(payload));
    await client.connect();
    await client.query(`LISTEN ${FEED_CHANNEL}`);
    // A connection that a firewall has forgotten says nothing by itself.
    const check = setInterval(() => client.query('SELECT 1').catch(destroy), CHECK_INTERVAL);
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
