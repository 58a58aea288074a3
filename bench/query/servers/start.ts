import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import type { Child } from '../../process.js';
import { startOurs, startServer, urlOfServer } from '../../server.js';
import { POSTGRAPHILE } from '../install.js';

export type ServerName = 'ours' | 'ours, Node 20' | 'ours, from the cache' | 'PostGraphile' | 'SQL' | 'bare';

/** The servers, all on one database with equal numbers of connections. */
export interface Servers extends AsyncDisposable {
  readonly urls: Readonly<Record<ServerName, string>>;
  /** Sets the bare server's response. */
  answerWith(bytes: Uint8Array): Promise<void>;
}

const POOL = '10';
const CACHE_BYTES = String(64 * 1024 * 1024);

/** @param node The node binary for all servers except `ours, Node 20`. */
export async function startServers(url: string, node: string): Promise<Servers> {
  const resources = new AsyncDisposableStack();
  const env = { DATABASE_URL: url, DATABASE_POOL: POOL, NODE_ENV: 'production', GRAPHILE_ENV: 'production' };
  const here = (name: string) => new URL(`./${name}-server.js`, import.meta.url);
  const use = async (starting: Promise<Child>) => resources.use(await starting);
  try {
    const ours = await use(startOurs({ ...env, RESPONSE_CACHE: '0' }, { node }));
    const onOld = await use(startOurs({ ...env, RESPONSE_CACHE: '0' }));
    const cached = await use(startOurs({ ...env, RESPONSE_CACHE: CACHE_BYTES }, { node }));
    const peer = await use(startServer(new URL('server.js', POSTGRAPHILE), [], env, { node }));
    const sql = await use(startServer(here('sql'), [], env, { node }));
    const bare = await use(startServer(here('bare'), [], env, { node }));
    const disposal = resources.move();
    return {
      urls: {
        ours: urlOfServer(ours),
        'ours, Node 20': urlOfServer(onOld),
        'ours, from the cache': urlOfServer(cached),
        PostGraphile: urlOfServer(peer),
        SQL: urlOfServer(sql),
        bare: urlOfServer(bare),
      },
      answerWith: (bytes) => bare.call('answerWith', bytes),
      [Symbol.asyncDispose]: () => disposal.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}
