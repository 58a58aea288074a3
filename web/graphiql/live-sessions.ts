import { type Client, createClient } from 'graphql-ws';
import { createMessageLog } from './message-log.js';

export type Result = Record<string, unknown>;
export type Observer = { next(result: Result): void; complete(): void };

/** What is sent with a subscription. */
export interface Subscribing {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The tabs as GraphiQL shows them. */
export interface Tabs {
  readonly activeId: string | undefined;
  has(id: string): boolean;
}

interface Session {
  readonly key: string;
  /** The newest message with those before it, once there is one. */
  shown: Result | undefined;
  observer: Observer | undefined;
  stop(): void;
}

/**
 * The subscriptions of the page, at most one for each tab. GraphiQL unsubscribes when another tab is looked at. A session
 * goes on then without its observer, and shows all that it got when its tab comes back.
 */
export class LiveSessions {
  readonly #url: URL;
  readonly #tabs: Tabs;
  readonly #sessions = new Map<string, Session>();

  constructor(url: URL, tabs: Tabs) {
    this.#url = new URL(url);
    this.#url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#tabs = tabs;
  }

  /** Whether the tab has a session that nobody looks at. */
  isParked(tab: string): boolean {
    const session = this.#sessions.get(tab);
    return session !== undefined && !session.observer;
  }

  /** Subscribes, or goes on with the tab's session. @returns A function that ends or parks it. */
  open(request: Subscribing, observer: Observer): () => void {
    const tab = this.#tabs.activeId ?? '';
    const key = JSON.stringify(request);
    const parked = this.#sessions.get(tab);
    if (parked && parked.key !== key) this.#close(tab, parked);
    const session = parked?.key === key ? parked : this.#start(tab, key, request);
    session.observer = observer;
    if (session.shown) observer.next(session.shown);
    return () => {
      session.observer = undefined;
      // GraphiQL changes the active tab right after it has unsubscribed.
      queueMicrotask(() => {
        if (session.observer || this.#sessions.get(tab) !== session) return;
        if (this.#tabs.activeId === tab || !this.#tabs.has(tab)) this.#close(tab, session);
      });
    };
  }

  /** Ends the sessions of tabs that were closed. */
  sweep(): void {
    for (const [tab, session] of this.#sessions) if (!this.#tabs.has(tab)) this.#close(tab, session);
  }

  #close(tab: string, session: Session): void {
    this.#sessions.delete(tab);
    session.stop();
  }

  #start(tab: string, key: string, { params, ...request }: Subscribing): Session {
    // One client, and so one socket, per subscription, so that each uses the headers set when it starts. No
    // retries: a silent reconnect would hide the gap and the close code.
    const client: Client = createClient({
      url: this.#url.href,
      connectionParams: params,
      lazy: true,
      retryAttempts: 0,
    });
    const log = createMessageLog();
    const session: Session = { key, shown: undefined, observer: undefined, stop: () => {} };
    const show = (result: Result) => {
      session.shown = log.add(result);
      session.observer?.next(session.shown);
    };
    const end = () => {
      if (session.observer) this.#sessions.delete(tab);
      session.observer?.complete();
    };
    session.stop = client.subscribe(
      {
        ...request,
        variables: (request.variables ?? null) as Record<string, unknown> | null,
        operationName: request.operationName ?? null,
      },
      {
        next: (result) => show({ ...result }),
        error: (error) => {
          show(Array.isArray(error) ? { errors: error } : failure(describe(error)));
          end();
        },
        complete: end,
      },
    );
    this.#sessions.set(tab, session);
    return session;
  }
}

export function describe(error: unknown): string {
  if (error instanceof CloseEvent) return `The socket was closed: ${error.code} ${error.reason}`.trimEnd();
  return error instanceof Error ? error.message : 'The connection failed.';
}

export const failure = (message: string): Result => ({ errors: [{ message }] });
