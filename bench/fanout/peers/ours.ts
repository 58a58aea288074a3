import type { BenchDatabase } from '../../database.js';
import { type Child, startChild } from '../../process.js';
import { startServer } from '../../server.js';
import type { Peer } from './peer.js';

const MAIN = new URL('../../../dist/main.js', import.meta.url);
const WRITER = new URL('../writer/process.js', import.meta.url);

/** `doctrine-wire serve`, with a writer in a process of its own that commits to the same database. */
export async function startOurs(database: BenchDatabase): Promise<Peer> {
  const server = await startServer(MAIN, ['serve'], {
    ...database.env,
    NODE_ENV: 'production',
    PORT: '0',
    SEED: 'none',
    GRAPHIQL: 'false',
    // All subscribers are on this machine.
    MAX_SOCKETS_PER_ADDRESS: '100000',
    BUDGET_PER_MINUTE: '2000000000',
  });
  const writer = await startWriter(database);
  const [, url = ''] = /"url":"([^"]+)"/.exec(server.stdout) ?? [];
  return {
    name: 'ours',
    url,
    catchesUp: true,
    hasSubscribers: async () => {}, // Each client was told.
    reset: async () => {},
    publish: (publication) => writer.call('publish', publication),
    memory: () => server.call('residentMemory'),
    [Symbol.asyncDispose]: async () => {
      await writer[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function startWriter({ env }: BenchDatabase): Promise<Child> {
  const writer = startChild(WRITER);
  await writer.call('open', env);
  return writer;
}
