import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAssets } from '../assets.js';
import type { PageModule, Pages, Site } from './module.js';
import { SECURITY_HEADERS } from './security-headers.js';

const ASSETS = '/wire/assets/';

/** The built page: how to render it, and a listener for its files. */
export interface LoadedPage {
  readonly pages: Pages;
  readonly assets: ReturnType<typeof createAssets>;
}

/**
 * Loads the page from `directory`, once: start again after a build. Without a build, `/` says how to make one.
 *
 * @param directory dist/wire.
 */
export async function loadPage(
  directory: string,
  site: Pick<Site, 'publicUrl' | 'hasGraphiQL'>,
): Promise<LoadedPage> {
  const manifest = join(directory, 'client/.vite/manifest.json');
  const assets = createAssets(join(directory, 'client/assets'), ASSETS, SECURITY_HEADERS, refuse);
  if (!existsSync(manifest)) return { pages: NOT_BUILT, assets };
  const files: Manifest = JSON.parse(readFileSync(manifest, 'utf8'));
  const entry = files['main.tsx'];
  const drawing = (name: string) =>
    `/wire/${Object.values(files).find(({ file }) => file.startsWith(`assets/${name}-`))?.file}`;
  const module = (await import(
    /* @vite-ignore */ pathToFileURL(join(directory, 'server/server.js')).href
  )) as PageModule;
  return {
    pages: module.createPages({
      ...site,
      script: `/wire/${entry?.file}`,
      styles: `/wire/${entry?.css?.[0]}`,
      land: drawing('land'),
      icon: drawing('icon'),
    }),
    assets,
  };
}

/** Vite's list of what it has built, by source file. */
type Manifest = Readonly<Record<string, { readonly file: string; readonly css?: readonly string[] }>>;

const NOT_BUILT: Pages = {
  isFor: (path) => path === '/',
  render: async () => ({ status: 404, html: 'The page is not built. Run npm run build.' }),
  renderError: ({ message }) => ({ status: 500, html: message.replace(/[<&]/g, ' ') }),
};

function refuse(response: ServerResponse): void {
  response.writeHead(404, { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end('No such file\n');
}
