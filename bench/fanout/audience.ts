import { type Child, startChild } from '../process.js';
import { checkAnswers } from './check.js';
import type { Opening } from './clients/process.js';
import type { Expectation, Recorded } from './clients/recording.js';
import type { Peer } from './peers/peer.js';
import type { Publication } from './peers/publish.js';

const TIME_LIMIT = 120_000;

/** Clients in a separate process. */
export interface Audience extends AsyncDisposable {
  open(peer: Peer, opening: Omit<Opening, 'url' | 'catchesUp'> & { catchesUp?: boolean }): Promise<void>;
  expect(expectation: Expectation): Promise<void>;
  recorded(): Promise<Recorded>;
  close(): Promise<void>;
}

export function startAudience(): Audience {
  const child: Child = startChild(new URL('./clients/process.js', import.meta.url));
  return {
    open: async (peer, opening) => {
      await peer.reset();
      await child.call('open', { url: peer.url, catchesUp: peer.catchesUp, ...opening });
      await peer.hasSubscribers(opening.clients);
    },
    expect: (expectation) => child.call('expect', expectation),
    recorded: () => child.call<Recorded>('recorded', TIME_LIMIT),
    close: () => child.call('close'),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

/** Publishes to an audience and waits until everything has arrived. Throws if something else arrived. */
export async function deliver(
  audience: Audience,
  peer: Peer,
  { clients, queries }: Pick<Opening, 'clients' | 'queries'>,
  publication: Publication,
): Promise<{ recorded: Recorded; published: Float64Array }> {
  const { name, count } = publication;
  await audience.expect({ clients, selections: queries.length, items: count });
  const published = await peer.publish(publication);
  const recorded = await audience.recorded();
  checkAnswers(recorded, name, count);
  return { recorded, published };
}
