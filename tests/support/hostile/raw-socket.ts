import { once } from 'node:events';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import WebSocket, { type ClientOptions } from 'ws';

/** A message of graphql-transport-ws, as received. */
export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: any;
}

/** A WebSocket without a GraphQL client: it sends any message, and records those received. */
export interface RawSocket extends AsyncDisposable {
  readonly socket: WebSocket;
  /** All messages received so far, in order. */
  readonly received: readonly Message[];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Sends an object as JSON, a string unchanged and bytes as a binary message. */
  send(...messages: (object | string | Buffer)[]): void;
  /** Returns the next message that was not consumed yet. Rejects once the socket is closed. */
  next(): Promise<Message>;
  /** Initialises the connection, and consumes the acknowledgement. */
  init(payload?: object): Promise<void>;
  /** Subscribes, and returns its messages up to the error or completion. */
  run(id: string, query: string, rest?: object): Promise<Message[]>;
  /** Resolves once the server has handled everything sent before. */
  settle(): Promise<void>;
}

/** Opens a socket that offers `protocols`, by default graphql-transport-ws. */
export async function openSocket(
  url: string,
  protocols: string[] = [GRAPHQL_TRANSPORT_WS_PROTOCOL],
  options: ClientOptions = {},
): Promise<RawSocket> {
  const socket = new WebSocket(url.replace('http', 'ws'), protocols, options);
  const received: Message[] = [];
  const waiting: ((isOpen: boolean) => void)[] = [];
  let taken = 0;
  let end: { code: number; reason: string } | undefined;
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve(!end);
  };
  socket.on('message', (data) => {
    received.push(JSON.parse(String(data)));
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      end = { code, reason: String(reason) };
      resolve(end);
      wake();
    });
  });
  await once(socket, 'open');
  socket.on('error', () => {}); // `close` follows.

  const next = async () => {
    while (taken >= received.length) {
      if (end) throw new Error(`The socket was closed with ${end.code} (${end.reason}).`);
      await new Promise((resolve) => waiting.push(resolve));
    }
    taken += 1;
    return received[taken - 1] as Message;
  };
  let pings = 0;
  const send = (...messages: (object | string | Buffer)[]) => {
    for (const message of messages) {
      if (typeof message === 'object' && 'type' in message && message.type === 'ping') pings += 1;
      socket.send(
        typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
      );
    }
  };
  return {
    socket,
    received,
    closed,
    send,
    next,
    init: async (payload) => {
      send({ type: 'connection_init', ...(payload && { payload }) });
      const answer = await next();
      if (answer.type !== 'connection_ack') throw new Error(`Not acknowledged: ${JSON.stringify(answer)}`);
    },
    run: async (id, query, rest = {}) => {
      send({ id, type: 'subscribe', payload: { query, ...rest } });
      const results: Message[] = [];
      for (;;) {
        const message = await next();
        if (message.id !== id) continue;
        results.push(message);
        if (message.type !== 'next') return results;
      }
    },
    settle: async () => {
      send({ type: 'ping' });
      // Pongs come in the order of the pings, and after what was sent before.
      const own = pings;
      while (received.filter(({ type }) => type === 'pong').length < own) {
        if (end) throw new Error(`The socket was closed with ${end.code} (${end.reason}).`);
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    [Symbol.asyncDispose]: async () => {
      socket.terminate();
      await closed;
    },
  };
}
