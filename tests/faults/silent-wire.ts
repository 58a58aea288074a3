import { connect, createServer, type Socket } from 'node:net';

/** A proxy whose connections can go silent: nothing is forwarded, nothing is closed, and nobody is told. */
export interface SilentWire extends AsyncDisposable {
  readonly url: string;
  /** How many silent connections the client has not closed yet. */
  readonly silent: number;
  /** Silences all connections, as a failover does. New ones work. */
  silence(): void;
  /** Whether new connections are accepted and then silent. */
  hangsNew: boolean;
}

export async function startSilentWire(target: string): Promise<SilentWire> {
  const { hostname: host, port } = new URL(target);
  const sockets = new Set<Socket>();
  const talking = new Set<() => void>();
  const silent = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  };
  /** Reads on, so that the sender's kernel gets its acknowledgements and suspects nothing. */
  const swallow = (client: Socket) => {
    silent.add(client);
    client.unpipe().resume();
    client.once('close', () => silent.delete(client));
  };
  const wire = { hangsNew: false };
  const server = createServer((client) => {
    keep(client);
    if (wire.hangsNew) return swallow(client);
    const upstream = connect({ host, port: Number(port) });
    keep(upstream);
    const closeUpstream = () => upstream.destroy();
    const closeClient = () => client.destroy();
    client.once('close', closeUpstream);
    upstream.once('close', closeClient);
    client.pipe(upstream, { end: false });
    upstream.pipe(client, { end: false });
    const silence = () => {
      // The server is not told either that its client has gone.
      client.off('close', closeUpstream);
      upstream.off('close', closeClient).unpipe().resume();
      swallow(client);
    };
    talking.add(silence);
    client.once('close', () => talking.delete(silence));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(target);
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return Object.assign(wire, {
    url: url.href,
    get silent() {
      return silent.size;
    },
    silence: () => {
      for (const silence of talking) silence();
      talking.clear();
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
}
