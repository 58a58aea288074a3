import { startProxy, type TestProxy } from '../../client/proxy.js';
import { createDirectory } from '../database.js';
import { startTestServer, type TestServer } from '../server.js';
import { freePort } from './free-port.js';

/** A server on the example record that can be restarted, and a proxy in front of it that can cut connections. */
export interface Restartable extends AsyncDisposable {
  readonly server: TestServer;
  readonly proxy: TestProxy;
  stop(): Promise<void>;
  /** Starts the server again on the same port and database. */
  start(): Promise<void>;
}

export async function startRestartable(): Promise<Restartable> {
  const directory = await createDirectory('dossier');
  const open = (port: string) => startTestServer(directory.location, { SEED: 'dossier', PORT: port });
  const port = String(await freePort());
  let server = await open(port);
  const proxy = await startProxy(server.url);
  return {
    get server() {
      return server;
    },
    proxy,
    stop: () => server[Symbol.asyncDispose](),
    start: async () => {
      server = await open(port);
    },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}
