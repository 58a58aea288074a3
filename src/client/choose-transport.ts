import type { Connect } from './connection.js';
import type { Settings } from './options.js';
import { overSSE } from './over-sse.js';
import { overWebSocket } from './over-websocket.js';
import type { Transport } from './status.js';

/** Says what to connect over. */
export interface TransportChoice {
  readonly current: Transport;
  readonly connect: Connect;
  /**
   * Takes note of whether an attempt was opened.
   *
   * @returns Whether the choice has changed. With `auto` it does after `fallbackAfter` attempts in a row
   *   that were not: a server that was merely down is found again, whichever it comes back with.
   */
  note(wasOpened: boolean): boolean;
}

export function chooseTransport(settings: Settings): TransportChoice {
  const { transport, webSocketImpl, fallbackAfter } = settings;
  const connects = {
    sse: overSSE(settings.fetch, settings),
    websocket: webSocketImpl && overWebSocket(webSocketImpl, settings),
  };
  let current: Transport = transport === 'sse' ? 'sse' : 'websocket';
  let unopened = 0;
  return {
    get current() {
      return current;
    },
    get connect() {
      return connects[current] ?? connects.sse;
    },
    note: (wasOpened) => {
      unopened = wasOpened ? 0 : unopened + 1;
      if (transport !== 'auto' || unopened < fallbackAfter) return false;
      unopened = 0;
      current = current === 'sse' ? 'websocket' : 'sse';
      return true;
    },
  };
}
