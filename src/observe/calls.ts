import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { Call, type CallWatch, type Transport } from './call.js';
import type { Traces } from './traces.js';

/** Anything whose log lines belong together: a request, or a WebSocket. */
export interface Named {
  readonly requestId: string;
}

/** Requests to GraphQL that are under way, over every transport. */
export interface Calls {
  /** The log; what is written in the course of `run` carries the request's id. */
  readonly log: Logger;
  begin(transport: Transport, requestId: string, headers?: IncomingHttpHeaders): Call;
  /** Does work on behalf of a request. All that it starts belongs to the request as well. */
  run<T>(of: Named, work: () => T): T;
  /** The call on whose behalf the caller works. */
  current(): Call | undefined;
}

export interface CallsOptions {
  readonly log: Logger;
  readonly watch: CallWatch;
  /** Undefined where nobody traces. */
  readonly traces: Traces | undefined;
}

export function createCalls({ log: ownLog, watch, traces }: CallsOptions): Calls {
  const storage = new AsyncLocalStorage<Named>();
  const withId = (line: object) => {
    const requestId = storage.getStore()?.requestId;
    return requestId === undefined ? line : { requestId, ...line };
  };
  const log = ownLog.child({}, { formatters: { log: withId } });
  return {
    log,
    begin: (transport, requestId, headers = {}) =>
      new Call({ transport, requestId, log, watch, span: traces?.begin(headers) }),
    run: (of, work) => storage.run(of, work),
    current: () => {
      const named = storage.getStore();
      return named instanceof Call ? named : undefined;
    },
  };
}
