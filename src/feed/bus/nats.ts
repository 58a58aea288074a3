import { connect as connectSocket } from 'node:net';
import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { type BusReports, type OpenBus, readPosition } from './bus.js';
import { atMost, type Connection, keepConnected } from './keep-connected.js';
import { createLocalBus } from './local.js';

export interface NatsBusOptions extends BusReports {
  /** `nats://host:port` or `tls://host:port`, with `user:password@` or `token@` where the server asks for it. */
  readonly url: string;
  /** What the wake-ups are published under. */
  readonly subject: string;
}

interface NatsLink extends Connection {
  publish(position: bigint | undefined): void;
}

const CONNECT_TIMEOUT = 5_000;
const PING_INTERVAL = 5_000;
const FLUSH_TIMEOUT = 500;
const LAST_WORDS = 1_000;

/**
 * A bus over NATS, for instances that share no PostgreSQL or do not want to listen to it.
 *
 * Returns at once: it connects in the background, and again whenever the connection is lost, and then
 * wakes its listeners without a position and says what was last said while it was away.
 */
export function startNatsBus({ url, subject, onLost, onBack }: NatsBusOptions): OpenBus {
  const local = createLocalBus();
  let unsaid: { position: bigint | undefined } | undefined;

  const kept = keepConnected<NatsLink>({
    connect: (signal) => open(url, subject, signal, (text) => local.wake(readPosition(text))),
    onUp: (link) => {
      if (unsaid) link.publish(unsaid.position);
      unsaid = undefined;
      local.wake();
    },
    onLost,
    onBack,
  });

  return {
    onWake: local.onWake,
    wake: (position) => {
      local.wake(position);
      if (kept.connection) kept.connection.publish(position);
      else unsaid = { position };
    },
    [Symbol.asyncDispose]: async () => {
      // A short-lived process has written before it was connected.
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
        if (!error) onText(message.string()); // An error is also told as a status, and ends the connection.
      },
    });
    // The answer comes after a refusal of the subscription, if there is one.
    const refused = await Promise.race([nats.flush().then(() => undefined), gone, aborted(signal)]);
    if (refused !== undefined) throw refused;
    return {
      gone,
      publish: (position) => {
        if (!nats.isClosed()) nats.publish(subject, position?.toString() ?? '');
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
    // The client's own cannot be stopped while it tries, and gives up for good when it is refused twice.
    reconnect: false,
  };
}

/**
 * Waits until the server says its first line. The client's own dial can neither be stopped nor does it
 * close its socket when a server that hangs lets it time out: that would outlive the process's end.
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

/** The first thing that goes wrong with a connection, also what the server refuses while it lasts. */
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
