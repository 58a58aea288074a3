import type { ConnectionStatus } from '@doctrine-wire/client/urql';
import type { Client } from '@urql/core';

/** How a page in a browser talks to the server. */
export interface Connection {
  readonly client: Client;
  readonly status: ConnectionStatus;
}
