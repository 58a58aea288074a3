import { type AddressInfo, createServer, type Socket, connect as tcpConnect } from 'node:net';

/** A TCP proxy in front of a server, for breaking connections. */
export interface TestProxy extends AsyncDisposable {
  /** The server's URL, through the proxy. */
  readonly url: string;
  /** Open connections. Node's fetch opens a spare one when a request is aborted. */
  readonly open: number;
  /** Connections that have ended. */
  readonly ended: number;
  /** All connections made so far. */
  readonly made: number;
  /** Bytes sent by the server. */
  readonly bytes: number;
  /** Cuts a new connection after this many bytes from the server, even in the middle of a message. */
  budget: () => number;
  /** Whether to cut new connections at once. */
  refuses: boolean;
  /** Whether to answer WebSocket upgrades with 403, like some corporate proxies. */
  blocksUpgrades: boolean;
  /** Whether to drop all data silently. */
  swallows: boolean;
  /** Cuts all connections now. */
  cut(): void;
}

export async function startProxy(target: string): Promise<TestProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<{ client: Socket; upstream: Socket }>();

  const server = createServer((client) => {
    proxy.made += 1;
    client.on('error', () => {});
    if (proxy.refuses) {
      client.resetAndDestroy();
      return;
    }
    const upstream = tcpConnect(Number(port), hostname);
    upstream.on('error', () => {});
    const pair = { client, upstream };
    pairs.add(pair);
    const cut = () => {
      client.destroy();
      upstream.destroy();
      pairs.delete(pair);
    };
    let left = proxy.budget();
    client.on('data', (bytes) => {
      if (proxy.swallows) return;
      if (proxy.blocksUpgrades && /^upgrade: websocket/im.test(bytes.toString('latin1'))) {
        client.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
        upstream.destroy();
        pairs.delete(pair);
        return;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (proxy.swallows) return;
      proxy.bytes += bytes.length;
      client.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left < 0) {
        client.end();
        cut();
      }
    });
    client.on('close', () => {
      proxy.ended += 1;
      cut();
    });
    upstream.on('close', cut);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    get open() {
      return pairs.size;
    },
    made: 0,
    ended: 0,
    bytes: 0,
    budget: () => Number.POSITIVE_INFINITY,
    refuses: false,
    blocksUpgrades: false,
    swallows: false,
    cut: () => {
      for (const { client, upstream } of pairs) {
        client.resetAndDestroy();
        upstream.destroy();
      }
      pairs.clear();
    },
    [Symbol.asyncDispose]: async () => {
      proxy.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

/** Pseudo-random numbers from 0 to 1, determined by the seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
