import type { BenchDatabase } from '../../database.js';
import { type Child, startChild } from '../../process.js';
import { startOurs as startServer, urlOfServer } from '../../server.js';
import type { Peer } from './peer.js';

const WRITER = new URL('../writer/process.js', import.meta.url);

/** `doctrine-wire serve`, with a writer in a separate process that commits to the same database. */
export async function startOurs(database: BenchDatabase): Promise<Peer> {
  const server = await startServer(database.env);
  const writer = await startWriter(database);
  return {
    name: 'ours',
    url: urlOfServer(server),
    catchesUp: true,
    hasSubscribers: async () => {}, // Each client has received FeedCaughtUp.
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
