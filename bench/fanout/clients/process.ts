// The process of all clients, the same for every server.
import { answerCalls } from '../../process.js';
import { type Expectation, Recording } from './recording.js';
import { subscribeOverSse } from './sse-client.js';
import { type Client, subscribeOverWebSocket } from './websocket-client.js';

/** Clients to open, alternating over the queries. */
export interface Opening {
  readonly transport: 'websocket' | 'sse';
  readonly url: string;
  readonly queries: readonly string[];
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly clients: number;
  /** Whether the server sends FeedCaughtUp, which is then awaited and not recorded. */
  readonly catchesUp: boolean;
  /** The number of source addresses 127.0.0.x. One address has 28,000 ports. */
  readonly addresses?: number;
  /** Clients that connect at the same time. */
  readonly atOnce?: number;
}

let clients: Client[] = [];
let recording: Recording | undefined;

async function open(opening: Opening): Promise<void> {
  const { atOnce = 50 } = opening;
  for (let first = 0; first < opening.clients; first += atOnce) {
    const count = Math.min(atOnce, opening.clients - first);
    await Promise.all(Array.from({ length: count }, (_, index) => openOne(first + index, opening)));
  }
}

async function openOne(index: number, opening: Opening): Promise<void> {
  const { transport, url, queries, variables, catchesUp, addresses = 0 } = opening;
  const selection = index % queries.length;
  const subscribe = transport === 'sse' ? subscribeOverSse : subscribeOverWebSocket;
  await new Promise<void>((resolve, reject) => {
    let isReady = !catchesUp;
    const client = subscribe({
      url,
      query: queries[selection] ?? '',
      ...(variables && { variables }),
      ...(addresses > 0 && { localAddress: `127.0.0.${2 + (index % addresses)}` }),
      onItem: (bytes) => {
        if (isReady) return recording?.take(index, selection, bytes);
        if (!bytes.includes('"FeedCaughtUp"')) reject(new Error(`Expected FeedCaughtUp; got ${bytes}`));
        isReady = true;
        resolve();
      },
    });
    clients.push(client);
    client.subscribed.then(() => isReady && resolve(), reject);
  });
}

answerCalls({
  open,
  expect: (expectation: Expectation) => {
    recording = new Recording(expectation);
  },
  /** Returns the recording when everything has arrived or the time, in milliseconds, is up. */
  recorded: async (time: number) => {
    let giveUp: NodeJS.Timeout | undefined;
    const timeUp = new Promise((resolve) => {
      giveUp = setTimeout(resolve, time);
    });
    await Promise.race([recording?.complete, timeUp]);
    clearTimeout(giveUp);
    await new Promise((resolve) => setTimeout(resolve, 50)); // Wait for superfluous items.
    return recording?.result;
  },
  close: () => {
    for (const client of clients) client.close();
    clients = [];
    recording = undefined;
  },
});
process.once('SIGTERM', () => process.exit(0));
