import { spawn } from 'node:child_process';
import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { subscriptionExchange, Client as UrqlClient } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** A running subscription of a client. */
interface Subscriber {
  /** The headlines received, with the time of arrival, in order. */
  readonly received: { headline: string; at: number }[];
  /** Stops it as the client's documentation says. */
  stop(): Promise<void> | void;
}

type Start = (url: string) => Subscriber | Promise<Subscriber>;

const PUBLISHED = 'subscription Live { developmentPublished { slug headline } }';

interface Published {
  developmentPublished: { headline: string };
}

function collect() {
  const received: Subscriber['received'] = [];
  const take = ({ developmentPublished }: Published) => {
    received.push({ headline: developmentPublished.headline, at: performance.now() });
  };
  return { received, take };
}

const socketTo = (url: string) =>
  createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });

/** The clients that front ends use, each as its own documentation sets it up. */
export const SUBSCRIBERS: Record<string, Start> = {
  'graphql-ws': (url) => {
    const { received, take } = collect();
    const client = socketTo(url);
    const stop = client.subscribe<Published>(
      { query: PUBLISHED },
      { next: ({ data }) => data && take(data), error: refuse, complete: () => {} },
    );
    return {
      received,
      stop: async () => {
        stop();
        await client.dispose();
      },
    };
  },

  'SSE over fetch': async (url) => {
    const { received, take } = collect();
    const abort = new AbortController();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: PUBLISHED }),
      signal: abort.signal,
    });
    const reader = readEvents(response.body as unknown as AsyncIterable<Uint8Array>, take).catch(
      (error: Error) => {
        if (error.name !== 'AbortError') throw error;
      },
    );
    return {
      received,
      stop: async () => {
        abort.abort();
        await reader;
      },
    };
  },

  'curl -N': (url) => {
    const { received, take } = collect();
    const body = JSON.stringify({ query: PUBLISHED });
    const headers = ['-H', 'Accept: text/event-stream', '-H', 'Content-Type: application/json'];
    const curl = spawn('curl', ['-sN', url, ...headers, '-d', body], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<void>((resolve) => curl.once('close', () => resolve()));
    readEvents(curl.stdout, take);
    return {
      received,
      stop: () => {
        curl.kill('SIGINT');
        return ended;
      },
    };
  },

  'Apollo Client': (url) => {
    const { received, take } = collect();
    const socket = socketTo(url);
    const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
    const subscription = client
      .subscribe<Published>({ query: gql(PUBLISHED) })
      .subscribe({ next: ({ data }) => data && take(data), error: refuse });
    return {
      received,
      stop: async () => {
        subscription.unsubscribe();
        client.stop();
        await socket.dispose();
      },
    };
  },

  urql: (url) => {
    const { received, take } = collect();
    const socket = socketTo(url);
    const client = new UrqlClient({
      url,
      preferGetMethod: false,
      exchanges: [
        subscriptionExchange({
          forwardSubscription: ({ query = '', variables }) => ({
            subscribe: (sink) => ({
              unsubscribe: socket.subscribe(
                { query, variables: variables ?? {} },
                sink as Parameters<typeof socket.subscribe>[1],
              ),
            }),
          }),
        }),
      ],
    });
    const subscription = client.subscription<Published>(PUBLISHED, {}).subscribe(({ data, error }) => {
      if (error) refuse(error);
      if (data) take(data);
    });
    return {
      received,
      stop: async () => {
        subscription.unsubscribe();
        await socket.dispose();
      },
    };
  },
};

/** Reads the `next` events of a stream of server-sent events. */
async function readEvents(stream: AsyncIterable<Uint8Array>, take: (data: Published) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: next\ndata: (.*)$/m.exec(event)?.[1];
      if (data) take(JSON.parse(data).data);
    }
  }
}

function refuse(reason: unknown): never {
  throw new Error('The subscription failed.', { cause: reason });
}
