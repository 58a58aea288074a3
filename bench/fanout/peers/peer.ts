import { until } from '../../clock.js';
import { startServer } from '../../server.js';
import type { Publication } from './publish.js';

export type PeerName = 'raw' | 'plain' | 'ours';

/** A server to be measured. */
export interface Peer extends AsyncDisposable {
  readonly name: PeerName;
  readonly url: string;
  /** Whether its subscribers are told that they have caught up. */
  readonly catchesUp: boolean;
  /** Waits until it has that many subscribers. */
  hasSubscribers(count: number): Promise<void>;
  /** Forgets the subscribers of the turn before. */
  reset(): Promise<void>;
  /** Says when each change was published: committed, where there is a database. */
  publish(publication: Publication): Promise<Float64Array>;
  /** Resident bytes, after a garbage collection. */
  memory(): Promise<number>;
}

/** A server of the benchmark itself. */
export async function startPeer(name: 'raw' | 'plain'): Promise<Peer> {
  const child = await startServer(new URL(`./${name}-server.js`, import.meta.url), [], {
    NODE_ENV: 'production',
    NODE_NO_WARNINGS: '1', // Plain Yoga's pub/sub has more listeners than Node thinks wise.
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
