import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { FollowOptions } from '../../../packages/client/src/index.js';
import { launchBrowser } from './browser.js';

const CLIENT = fileURLToPath(new URL('../../../packages/client/dist/index.js', import.meta.url));

/** A page of another origin that follows the feed with the bundled client. */
export interface ClientPage extends AsyncDisposable {
  /** Follows the feed and stores the items in the page. */
  follow(name: string, options: FollowOptions): Promise<void>;
  /** Returns the items that the named follower received, and the error that ended it. */
  seen(name: string): Promise<{ items: any[]; error?: string }>;
}

/** Serves the page. An instance must allow its origin before the page can read from it. */
export async function serveClientPage() {
  const modules = await bundleClient();
  const http = createServer(({ url = '' }, response) => {
    const isPage = url === '/';
    const body = isPage ? PAGE : modules.get(url);
    response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript');
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    origin,
    open: () => openPage(origin),
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
  import { followFeed } from './client.js';
  window.seen = {};
  window.follow = (name, options) => {
    const seen = (window.seen[name] = { items: [] });
    const take = (item) => void seen.items.push(item);
    followFeed({ ...options, onChange: take, onCaughtUp: take, onReset: take })
      .run()
      .catch((error) => { seen.error = String(error); });
  };
</script>`;

/** Bundles the built client as a page would. Returns the modules by their paths. */
async function bundleClient(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: false, lib: { entry: CLIENT, formats: ['es'], fileName: 'client' } },
  });
  const output = Array.isArray(built) ? (built[0]?.output ?? []) : 'output' in built ? built.output : [];
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code]] : [])));
}

async function openPage(origin: string): Promise<ClientPage> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    await page.waitForFunction('window.follow');
    return {
      follow: async (...given) => {
        await page.evaluate(`follow(...${JSON.stringify(given)})`);
      },
      seen: (name) => page.evaluate(`seen[${JSON.stringify(name)}]`),
      [Symbol.asyncDispose]: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
