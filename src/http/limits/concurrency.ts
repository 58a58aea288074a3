import type { GraphQLError } from 'graphql';
import type { RequestContext } from '../context.js';
import { refuse } from '../response/refusal.js';
import { LIMITS, type Limits } from './limits.js';

/** Bounds the queries and mutations of each client that are executed at once. The rest of a client's wait, in their order. */
export interface ConcurrencyLimit {
  readonly figures: { readonly atWork: number; readonly waiting: number };
  /**
   * Waits until the request may be executed.
   *
   * @returns A function to call when the execution has ended, the answer aside: work that goes on after its request has
   *   been answered still counts.
   * @throws {GraphQLError} If too many requests of the client wait already, or this one ends while it waits.
   */
  admit(context: RequestContext): Promise<() => void>;
}

interface ClientWork {
  atWork: number;
  /** In the order of their arrival. */
  readonly waiting: Set<() => void>;
}

/** When a refused client may come back, in seconds: requests end in milliseconds as a rule. */
const RETRY_AFTER = 1;

export function createConcurrencyLimit({
  requestsPerClient,
  waitingPerClient,
}: Pick<Limits, 'requestsPerClient' | 'waitingPerClient'>): ConcurrencyLimit {
  const clients = new Map<string, ClientWork>();
  const figures = { atWork: 0, waiting: 0 };

  const wait = (work: ClientWork, { lifetime }: RequestContext) =>
    new Promise<void>((resolve, reject) => {
      figures.waiting += 1;
      const start = () => {
        figures.waiting -= 1;
        stop();
        resolve();
      };
      work.waiting.add(start);
      const stop = lifetime.onEnd((error) => {
        if (!work.waiting.delete(start)) return;
        figures.waiting -= 1;
        reject(error);
      });
    });

  const release = (client: string, work: ClientWork) => {
    for (const start of work.waiting) {
      work.waiting.delete(start);
      start(); // Takes over the place.
      return;
    }
    figures.atWork -= 1;
    work.atWork -= 1;
    if (work.atWork === 0) clients.delete(client);
  };

  return {
    get figures() {
      return { ...figures };
    },
    admit: async (context) => {
      const { client, lifetime } = context;
      lifetime.check();
      const work = clients.get(client) ?? { atWork: 0, waiting: new Set() };
      if (work.atWork < requestsPerClient) {
        clients.set(client, work);
        work.atWork += 1;
        figures.atWork += 1;
      } else {
        if (work.waiting.size >= waitingPerClient) throw tooMany(requestsPerClient, waitingPerClient);
        await wait(work, context);
      }
      return () => release(client, work);
    },
  };
}

function tooMany(atWork: number, waiting: number): GraphQLError {
  const { variable } = LIMITS.waitingPerClient;
  return refuse(
    `Expected at most ${atWork} requests of a client at work (${LIMITS.requestsPerClient.variable}) and ${waiting} ` +
      `waiting (${variable}); this one would be more. Send it again in ${RETRY_AFTER} s, or send fewer at once.`,
    {
      code: 'TOO_MANY_REQUESTS',
      limit: variable,
      maximum: waiting,
      got: waiting + 1,
      retryAfter: RETRY_AFTER,
    },
    { status: 429, headers: { 'Retry-After': String(RETRY_AFTER) } },
  );
}
