import { connect as connectSocket } from 'node:net';
import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { type BusReports, type DeskWake, type OpenBus, readWake, writeWake } from './bus.js';
import { atMost, type Connection, keepConnected } from './keep-connected.js';
import { createLocalBus } from './local.js';

export interface NatsBusOptions extends BusReports {
  /** `nats://host:port` or `tls://host:port`, with `user:password@` or `token@` if the server requires it. */
  readonly url: string;
  /** The subject of the wake-ups. */
  readonly subject: string;
}

interface NatsLink extends Connection {
  publish(wake: bigint | DeskWake | undefined): void;
}

const CONNECT_TIMEOUT = 5_000;
/** A ping that is not answered before the next one is due ends the connection, within twice this time. */
const PING_INTERVAL = 4_000;
const FLUSH_TIMEOUT = 500;
const LAST_WORDS = 1_000;

/**
 * Starts a bus over NATS, for instances that cannot LISTEN to PostgreSQL.
 *
 * Returns at once and connects in the background. After each (re)connect it wakes its listeners without a position and
 * publishes the last wake-up that could not be sent.
 */
export function startNatsBus({ url, subject, onLost, onBack }: NatsBusOptions): OpenBus {
  const local = createLocalBus();
  let unsaid: { wake: bigint | DeskWake | undefined } | undefined;

  const kept = keepConnected<NatsLink>({
    connect: (signal) => open(url, subject, signal, (text) => local.wake(readWake(text))),
    onUp: (link) => {
      if (unsaid) link.publish(unsaid.wake);
      unsaid = undefined;
      local.wake();
    },
    onLost,
    onBack,
  });

  return {
    onWake: local.onWake,
    onDeskWake: local.onDeskWake,
    wake: (wake) => {
      local.wake(wake);
      if (kept.connection) kept.connection.publish(wake);
      // A wake-up of the feed wakes the desk too.
      else if (wake !== 'DESK' || !unsaid) unsaid = { wake };
    },
    [Symbol.asyncDispose]: async () => {
      // A short-lived process may have committed before the connection was established.
      if (unsaid) await atMost(LAST_WORDS, kept.attempt);
      await kept[Symbol.asyncDispose]();
    },
  };
}

async function open(
  url: string,
  subject: string,
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<NatsLink> {
  const options = optionsOf(url);
  await knock(new URL(url), signal);
  const nats = await connect(options);
  try {
    signal.throwIfAborted();
    const gone = goneOf(nats);
    nats.subscribe(subject, {
      callback: (error, message) => {
        if (!error) onText(message.string()); // Errors also arrive as a status, which ends the connection.
      },
    });
    // The server answers the flush after any rejection of the subscription.
    const refused = await Promise.race([nats.flush().then(() => undefined), gone, aborted(signal)]);
    if (refused !== undefined) throw refused;
    return {
      gone,
      publish: (wake) => {
        if (!nats.isClosed()) nats.publish(subject, writeWake(wake));
      },
      [Symbol.asyncDispose]: async () => {
        if (!nats.isClosed()) await atMost(FLUSH_TIMEOUT, Promise.race([nats.flush(), gone]));
        await nats.close();
      },
    };
  } catch (error) {
    await nats.close();
    throw error;
  }
}

function optionsOf(url: string): ConnectionOptions {
  const { host, protocol, username, password } = new URL(url);
  const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers: host,
    name: 'doctrine-wire feed',
    ...(protocol === 'tls:' && { tls: {} }),
    ...(user !== '' && (secret === '' ? { token: user } : { user, pass: secret })),
    timeout: CONNECT_TIMEOUT,
    pingInterval: PING_INTERVAL,
    maxPingOut: 1,
    noEcho: true,
    // The client's own reconnect cannot be stopped, and gives up after two rejections.
    reconnect: false,
  };
}

/**
 * Waits for the server's first line. The client's own dial cannot be stopped, and when a hung server lets it time out,
 * its socket stays open and keeps the process alive.
 */
function knock({ hostname, port }: URL, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connectSocket({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 4222) });
    const stop = () => socket.destroy(new Error('The bus is closed.'));
    signal.addEventListener('abort', stop, { once: true });
    socket.setTimeout(CONNECT_TIMEOUT, () => socket.destroy(new Error('NATS does not answer.')));
    socket.once('data', () => {
      resolve();
      socket.destroy();
    });
    socket.once('end', () => socket.destroy(new Error('NATS closed the connection.')));
    socket.on('error', reject);
    socket.once('close', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('NATS closed the connection.'));
    });
  });
}

/** Resolves with the connection's first failure, including a rejection by the server. */
async function goneOf(nats: NatsConnection): Promise<unknown> {
  const failed = async () => {
    for await (const status of nats.status()) if (status.type === 'error') return status.error;
    return nats.closed();
  };
  const cause = await Promise.race([failed(), nats.closed()]);
  return cause ?? new Error('NATS closed the connection.');
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });
}
