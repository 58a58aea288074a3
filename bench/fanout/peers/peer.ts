import { until } from '../../clock.js';
import { startServer } from '../../server.js';
import type { Publication } from './publish.js';

export type PeerName = 'raw' | 'plain' | 'ours';

/** A server to measure. */
export interface Peer extends AsyncDisposable {
  readonly name: PeerName;
  readonly url: string;
  /** Whether its subscribers receive FeedCaughtUp. */
  readonly catchesUp: boolean;
  /** Waits until it has the given number of subscribers. */
  hasSubscribers(count: number): Promise<void>;
  /** Forgets the previous turn's subscribers. */
  reset(): Promise<void>;
  /** Returns when each change was published, or committed if there is a database. */
  publish(publication: Publication): Promise<Float64Array>;
  /** Returns resident bytes after a garbage collection. */
  memory(): Promise<number>;
}

/** Starts one of the benchmark's own servers. */
export async function startPeer(name: 'raw' | 'plain'): Promise<Peer> {
  const child = await startServer(new URL(`./${name}-server.js`, import.meta.url), [], {
    NODE_ENV: 'production',
    NODE_NO_WARNINGS: '1', // Plain Yoga's pub/sub exceeds Node's listener warning.
  });
  return {
    name,
    url: await child.call<string>('url'),
    catchesUp: false,
    hasSubscribers: (count) =>
      until(
        async () => (await child.call<number>('subscribers')) === count,
        `${name} has ${count} subscribers`,
      ),
    reset: () => child.call('forget'),
    publish: (publication) => child.call('publish', publication),
    memory: () => child.call('residentMemory'),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
