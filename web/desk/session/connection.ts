import { type ConnectionStatus, createConnectionStatus, createExchange } from '@doctrine-wire/client/urql';
import { Client, type CombinedError, mapExchange } from '@urql/core';

/** How the desk talks to the server: by the published client, with the editor's token. */
export interface DeskConnection {
  readonly client: Client;
  readonly status: ConnectionStatus;
}

/**
 * @param onRefused Called when the server refuses the token, e.g. after it has expired.
 */
export function connect(token: string, onRefused: () => void): DeskConnection {
  const status = createConnectionStatus();
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'network-only',
    exchanges: [
      mapExchange({ onError: (error) => isRefused(error) && onRefused() }),
      createExchange({ url: new URL('/graphql', location.href), token, status }),
    ],
  });
  return { client, status };
}

const isRefused = ({ graphQLErrors }: CombinedError): boolean =>
  graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');
