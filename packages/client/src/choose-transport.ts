import type { Connect } from './connection.js';
import { ConnectionLostError } from './errors.js';
import type { Settings } from './options.js';
import { overWebSocket } from './over-websocket.js';
import type { Transport } from './status.js';

/** The transport for the next connection. */
export interface TransportChoice {
  readonly current: Transport;
  readonly connect: Connect;
  /** Whether `current` is on trial: try it without delay, and switch back if it does not open. */
  readonly isTrial: boolean;
  /**
   * Records whether an attempt opened. With `auto`, the other transport is tried once after `fallbackAfter` attempts in
   * a row that did not open, and kept if it opens. While a server is down neither opens, so the transport that worked
   * before is kept.
   *
   * @returns Whether the transport has changed.
   */
  note(wasOpened: boolean): boolean;
}

export function chooseTransport(settings: Settings): TransportChoice {
  const { transport, webSocketImpl, fallbackAfter } = settings;
  const connects = {
    sse: lazySSE(settings),
    websocket: webSocketImpl && overWebSocket(webSocketImpl, settings),
  };
  let proven: Transport = transport === 'sse' ? 'sse' : 'websocket';
  let current = proven;
  let unopened = 0;
  return {
    get current() {
      return current;
    },
    get connect() {
      return connects[current] ?? connects.sse;
    },
    get isTrial() {
      return current !== proven;
    },
    note: (wasOpened) => {
      unopened = wasOpened ? 0 : unopened + 1;
      if (wasOpened) proven = current;
      const allowed = current === proven ? fallbackAfter : 1;
      if (transport !== 'auto' || unopened < allowed) return false;
      unopened = 0;
      current = current === 'sse' ? 'websocket' : 'sse';
      return true;
    },
  };
}

/** Loads the code for Server-Sent Events on first use: most feeds never need it. */
function lazySSE(settings: Settings): Connect {
  let connect: Connect | undefined;
  return async (request) => {
    connect ??= await import('./over-sse.js')
      .then(({ overSSE }) => overSSE(settings.fetch, settings))
      .catch((cause: unknown) => {
        throw new ConnectionLostError('The code for Server-Sent Events could not be loaded.', { cause });
      });
    await connect(request);
  };
}
