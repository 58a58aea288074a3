import { Client, type Exchange, subscriptionExchange } from '@urql/core';
import type { PageRequest } from '../../../src/http/page/module.js';

/** Creates an urql client whose queries are executed in this process, for one request. */
export function createClient({ ask }: PageRequest, ssr: Exchange): Client {
  const inProcess = subscriptionExchange({
    enableAllOperations: true,
    forwardSubscription: ({ query = '', variables = {} }) => ({
      subscribe: (observer) => {
        ask(query, variables as Record<string, unknown>).then(
          (data) => {
            observer.next({ data: data as Record<string, unknown> });
            observer.complete();
          },
          (error: unknown) => observer.error(error),
        );
        return { unsubscribe: () => {} };
      },
    }),
  });
  return new Client({ url: '/graphql', exchanges: [ssr, inProcess], preferGetMethod: false });
}
