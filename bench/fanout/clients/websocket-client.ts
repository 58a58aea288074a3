import WebSocket from 'ws';

export interface ClientOptions {
  readonly url: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly localAddress?: string;
  /** Called with the bytes of each item. */
  onItem(bytes: Buffer): void;
}

/** A subscription. `subscribed` resolves when the request has been sent. */
export interface Client {
  readonly subscribed: Promise<void>;
  close(): void;
}

/** Speaks graphql-transport-ws over a plain socket. */
export function subscribeOverWebSocket(options: ClientOptions): Client {
  const { url, query, variables, localAddress, onItem } = options;
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
    perMessageDeflate: false,
    skipUTF8Validation: true,
    ...(localAddress && { localAddress }),
  });
  let isOver = false;
  const subscribed = new Promise<void>((resolve, reject) => {
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', (ack: Buffer) => {
      if (!ack.includes('connection_ack'))
        return reject(new Error(`The server rejected the connection: ${ack}`));
      socket.on('message', onItem);
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }), () =>
        resolve(),
      );
    });
    socket.on('error', reject);
    socket.on('close', (code, reason) => {
      const error = new Error(`A socket was closed: ${code} ${reason}`);
      reject(error);
      if (!isOver) throw error;
    });
  });
  return {
    subscribed,
    close: () => {
      isOver = true;
      socket.terminate();
    },
  };
}
