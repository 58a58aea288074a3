import { type IncomingMessage, request } from 'node:http';
import { createParser } from 'eventsource-parser';
import WebSocket from 'ws';

/** What a subscriber is told: an item with its cursor. */
export interface Told {
  readonly type: 'DevelopmentPublished' | 'FeedCaughtUp' | 'FeedReset';
  readonly cursor: string;
  readonly slug: string;
}

/** How a connection ended; the code and the reason are those of a WebSocket that was closed properly. */
export interface Ending {
  readonly code?: number;
  readonly reason?: string;
}

/** One connection with one subscription to the feed. */
export interface Line {
  /** Resolves when the connection has ended, however that came. Never rejects. */
  readonly ended: Promise<Ending>;
  /** The port at our end, once there is one. */
  readonly port: number | undefined;
  /** Breaks the connection without a word. */
  cut(): void;
  /** Reads nothing from the connection any more. */
  pause(): void;
  resume(): void;
}

export interface LineOptions {
  /** Where GraphQL is served, by http. */
  readonly url: string;
  readonly after: string;
  /** Whether items carry their quotation: what makes them large. */
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

/** Undefined for a result that is an error. */
function toldBy({ data }: Result): Told | undefined {
  if (!data) return undefined;
  const { __typename: type, cursor, development } = data.feed;
  return { type, cursor, slug: development?.slug ?? '' };
}

/** graphql-transport-ws by hand: what the official client adds would hide when and how it breaks. */
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
      socket.terminate(); // For a while there is no database, say: come back.
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

/** Server-sent events that are resumed as a browser does: by the id of the last event. */
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
      if (told) onTold(told);
      else outgoing.destroy();
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
