import { createServer } from 'node:net';

/** Where the ports of a test run begin, and how many each of its workers has. */
const [FIRST, EACH, WORKERS] = [20_000, 1_000, 12];

let taken = Math.floor(Math.random() * EACH);

/**
 * Returns a port that stays free while nothing listens on it, so that a server can restart at the same address.
 *
 * It is below the range that systems choose from for outgoing connections, and each worker has ports of its own. A port
 * that the system chose could be taken by any connection in between, even by that of a client that tries it again.
 */
export async function freePort(): Promise<number> {
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
  for (;;) {
    taken += 1;
    const port = FIRST + worker * EACH + (taken % EACH);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
