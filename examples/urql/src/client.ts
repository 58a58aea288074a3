import {
  createConnectionStatus,
  createExchange,
  keys,
  possibleTypes,
  updates,
} from '@doctrine-wire/client/urql';
import { cacheExchange } from '@urql/exchange-graphcache';
import { Client } from 'urql';

const server = new URLSearchParams(location.search).get('server') ?? 'http://127.0.0.1:4000/graphql';

export const status = createConnectionStatus();

export const client = new Client({
  url: server,
  exchanges: [
    // `updates` reloads the lists on the page after each change.
    cacheExchange({ keys, possibleTypes, updates }),
    createExchange({
      url: server,
      // Asked before each request and connection, so a token that ends is replaced.
      token: () => localStorage.getItem('token') ?? undefined,
      status,
    }),
  ],
});
