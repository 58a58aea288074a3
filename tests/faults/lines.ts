import { type IncomingMessage, request } from 'node:http';
import { createParser } from 'eventsource-parser';
import WebSocket from 'ws';

/** An item with its cursor. */
export interface Told {
  readonly type: 'DevelopmentPublished' | 'FeedCaughtUp' | 'FeedReset';
  readonly cursor: string;
  readonly slug: string;
}

/** How a connection ended, with code and reason if a WebSocket was closed properly. */
export interface Ending {
  readonly code?: number;
  readonly reason?: string;
}

/** A connection with one subscription to the feed. */
export interface Line {
  /** Resolves when the connection has ended for any reason. Never rejects. */
  readonly ended: Promise<Ending>;
  /** Our local port, once connected. */
  readonly port: number | undefined;
  /** Breaks the connection without a closing handshake. */
  cut(): void;
  /** Stops reading from the connection. */
  pause(): void;
  resume(): void;
}

interface LineOptions {
  /** The HTTP URL of GraphQL. */
  readonly url: string;
  readonly after: string;
  /** Whether items include their quotation, which makes them large. */
  readonly isLarge?: boolean;
  onTold(told: Told): void;
}

export type OpenLine = (options: LineOptions) => Line;

const documentOf = (isLarge: boolean) => `subscription ($after: Cursor) {
  feed(after: $after) {
    __typename
    ... on DevelopmentPublished {
      cursor development { slug ${isLarge ? '... on Statement { quotation }' : ''} }
    }
    ... on FeedCaughtUp { cursor }
    ... on FeedReset { cursor }
  }
}`;

interface Result {
  readonly data?: {
    readonly feed: {
      readonly __typename: Told['type'];
      readonly cursor: string;
      readonly development?: { readonly slug: string };
    };
  };
}

/** Returns undefined for an error result. */
function toldBy({ data }: Result): Told | undefined {
  if (!data) return undefined;
  const { __typename: type, cursor, development } = data.feed;
  return { type, cursor, slug: development?.slug ?? '' };
}

/** Speaks graphql-transport-ws directly, because the official client hides when and how a connection breaks. */
export const overWebSocket: OpenLine = ({ url, after, isLarge = false, onTold }) => {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  let isOver = false;
  let port: number | undefined;
  const ended = new Promise<Ending>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  socket.on('error', () => {}); // The closing comes after it.
  socket.on('upgrade', (response) => {
    port = response.socket.localPort;
  });
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('message', (data) => {
    if (isOver) return;
    const message = JSON.parse(String(data)) as { type: string; payload: Result };
    if (message.type === 'connection_ack') {
      const payload = { query: documentOf(isLarge), variables: { after } };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    } else if (message.type === 'next') {
      const told = toldBy(message.payload);
      if (told) onTold(told);
      else socket.terminate();
    } else if (message.type === 'error' || message.type === 'complete') {
      socket.terminate(); // A temporary error, such as a database outage: reconnect.
    }
  });
  return {
    ended,
    get port() {
      return port;
    },
    cut: () => {
      isOver = true;
      socket.terminate();
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
};

/** Reads Server-Sent Events and resumes like a browser, by the last event's id. */
export const overEventStream: OpenLine = ({ url, after, isLarge = false, onTold }) => {
  let isOver = false;
  let answer: IncomingMessage | undefined;
  let end = (_: Ending) => {};
  const ended = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  const parser = createParser({
    onEvent: ({ id, data }) => {
      if (isOver) return;
      const told = toldBy(JSON.parse(data));
      if (told && told.cursor !== id)
        throw new Error(`The event's id ${id} is not its cursor ${told.cursor}.`);
      if (told) return onTold(told);
      isOver = true; // An error, after which the stream completes.
      outgoing.destroy();
    },
  });
  const outgoing = request(url, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'last-event-id': after,
    },
  });
  outgoing.on('error', () => end({}));
  outgoing.on('response', (response) => {
    answer = response;
    response.setEncoding('utf8');
    response.on('data', (text: string) => parser.feed(text));
    response.on('error', () => {}); // The closing comes after it.
    response.once('close', () => end({}));
  });
  outgoing.end(JSON.stringify({ query: documentOf(isLarge) }));
  return {
    ended,
    get port() {
      return outgoing.socket?.localPort;
    },
    cut: () => {
      isOver = true;
      outgoing.destroy();
      end({});
    },
    pause: () => void answer?.pause(),
    resume: () => void answer?.resume(),
  };
};
