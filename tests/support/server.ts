import { type Client, createClient } from 'graphql-ws';
import { pino } from 'pino';
import WebSocket from 'ws';
import { loadConfig } from '../../src/config/load.js';
import type { DatabaseLocation } from '../../src/database/open.js';
import { startServer } from '../../src/server.js';
import { makeSource } from './example-source.js';
import { holdInstance } from './processes/instances.js';

export const ADMIN_TOKEN = 'a-token-for-tests-of-thirty-two-characters';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  data?: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** Starts a server on a free port, with the clients that front ends use. */
export async function startTestServer(location: DatabaseLocation, env: Record<string, string> = {}) {
  const logged: { msg: string; err?: { message: string }; [name: string]: unknown }[] = [];
  const level = env['LOG_LEVEL'] ?? 'warn';
  const log = pino({ level }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const config = loadConfig({
    PORT: '0',
    ADMIN_TOKEN,
    SEED: 'none',
    BUDGET_PER_MINUTE: '2000000000',
    MAX_WAITING_PER_CLIENT: '10000', // All requests of a test come from one client.
    BUDGET_SECONDS_PER_MINUTE: '6000',
    ...env,
  });
  const release = location.kind === 'instance' ? holdInstance(location) : () => {};
  const server = await startServer({ ...config, database: location }, log).catch((error: unknown) => {
    release();
    throw error;
  });
  const dispose = async () => {
    await server[Symbol.asyncDispose]();
    release();
  };
  await makeSource(server.db);
  await server.tail.refresh(); // Otherwise the next poll would find the source and clear the response cache.
  const clients: Client[] = [];

  async function request<T = Record<string, unknown>>(
    query: string,
    { variables, token = ADMIN_TOKEN }: { variables?: object; token?: string | null } = {},
  ): Promise<Answer<T>> {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  }

  return {
    ...server,
    /** The log entries: internal errors, and more with a lower LOG_LEVEL. */
    logged,
    request,
    /** Returns the data of a request that must succeed. */
    data: async <T = Record<string, any>>(query: string, variables?: object): Promise<T> => {
      const { data, errors } = await request<T>(query, { ...(variables && { variables }) });
      if (errors || !data) throw new Error(`The request failed: ${JSON.stringify(errors)}`);
      return data;
    },
    /** Creates a graphql-ws client. Its sockets close with the server. */
    client: (connectionParams?: Record<string, unknown>): Client => {
      const client = createClient({
        url: server.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        ...(connectionParams && { connectionParams }),
      });
      clients.push(client);
      return client;
    },
    /** Shuts the server down as a signal does, and keeps the rest. */
    dispose,
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) await client.dispose();
      await dispose();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;
