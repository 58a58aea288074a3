import { createConnectionStatus, createNetwork } from '@doctrine-wire/client/relay';
import { Environment, RecordSource, Store } from 'relay-runtime';

const server = new URLSearchParams(location.search).get('server') ?? 'http://127.0.0.1:4000/graphql';

export const status = createConnectionStatus();

export const environment = new Environment({
  network: createNetwork({
    url: server,
    // Asked before each request and connection, so a token that ends is replaced.
    token: () => localStorage.getItem('token') ?? undefined,
    status,
  }),
  store: new Store(new RecordSource()),
});
