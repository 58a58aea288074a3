import { ApolloClient, InMemoryCache } from '@apollo/client';
import {
  createConnectionStatus,
  createLink,
  possibleTypes,
  typePolicies,
} from '@doctrine-wire/client/apollo';

const server = new URLSearchParams(location.search).get('server') ?? 'http://127.0.0.1:4000/graphql';

export const status = createConnectionStatus();

export const client = new ApolloClient({
  link: createLink({
    url: server,
    // Asked before each request and connection, so a token that ends is replaced.
    token: () => localStorage.getItem('token') ?? undefined,
    status,
  }),
  cache: new InMemoryCache({ possibleTypes, typePolicies }),
});
