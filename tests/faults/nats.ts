import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { NATS, startProxy } from '../services/bus-support.js';
import { freePort } from '../support/processes/free-port.js';

/** A NATS server that the test may kill. */
export interface Nats extends AsyncDisposable {
  readonly url: string;
  /** A description for the report. */
  readonly kind: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Starts our own server if nats-server is installed, else uses the shared one through a proxy that can be cut. */
export async function startNats(): Promise<Nats> {
  const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };
  try {
    await promisify(execFile)('nats-server', ['--version'], { env });
  } catch {
    return cutOff();
  }
  const port = await freePort();
  const run = async () => {
    const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    process.once('exit', () => child.kill('SIGKILL')); // A test that timed out disposes nothing.
    let told = '';
    for await (const text of child.stderr.iterator({ destroyOnReturn: false })) {
      told += text;
      if (told.includes('Server is ready')) break;
    }
    if (child.exitCode !== null) throw new Error(`nats-server does not start: ${told}`);
    child.stderr.resume();
    return child;
  };
  let child = await run();
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: `nats://127.0.0.1:${port}`,
    kind: 'a nats-server',
    kill,
    start: async () => {
      child = await run();
    },
    [Symbol.asyncDispose]: kill,
  };
}

async function cutOff(): Promise<Nats> {
  const proxy = await startProxy(NATS);
  return {
    url: proxy.url,
    kind: 'the wire to NATS',
    kill: async () => proxy.cut(),
    start: () => proxy.restore(),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}

/** A proxy to NATS that duplicates every message and drops every tenth, to each client. */
export async function startFaultyWire(target: string) {
  const { hostname: host, port } = new URL(target);
  const sockets = new Set<Socket>();
  const figures = { messages: 0, dropped: 0 };
  const server = createServer((client) => {
    const upstream = connect({ host, port: Number(port) });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    }
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    client.pipe(upstream);
    let rest = Buffer.alloc(0);
    upstream.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let frame = firstFrame(rest); frame; frame = firstFrame(rest)) {
        rest = rest.subarray(frame.length);
        if (!frame.subarray(0, 4).equals(MESSAGE)) client.write(frame);
        else {
          figures.messages += 1;
          if (figures.messages % 10 === 0) figures.dropped += 1;
          else client.write(Buffer.concat([frame, frame]));
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const own = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `nats://127.0.0.1:${own}`,
    figures,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const MESSAGE = Buffer.from('MSG ');
const END = '\r\n';

/** Returns the first frame of NATS's protocol: a line, with the payload for a message. */
function firstFrame(bytes: Buffer): Buffer | undefined {
  const end = bytes.indexOf(END);
  if (end < 0) return undefined;
  const line = bytes.subarray(0, end).toString('latin1');
  const payload = line.startsWith('MSG ') ? Number(line.split(' ').at(-1)) + END.length : 0;
  const length = end + END.length + payload;
  return bytes.length < length ? undefined : Buffer.from(bytes.subarray(0, length));
}
