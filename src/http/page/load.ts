import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAssets } from '../assets.js';
import type { PageFiles, PageModule, Pages, Site } from './module.js';
import { FILE_HEADERS } from './security-headers.js';

const ASSETS = '/wire/assets/';

/** The built page: how to render it, and a listener for its files. */
export interface LoadedPage {
  readonly pages: Pages;
  readonly assets: ReturnType<typeof createAssets>;
  /** The hashes of the style sheets in pages, as in `style-src`. */
  readonly styleHashes: readonly string[];
}

/**
 * Loads the page from `directory`, once: start again after a build. Without a build, `/` says how to make one.
 *
 * @param directory dist/wire.
 */
export async function loadPage(
  directory: string,
  site: Pick<Site, 'publicUrl' | 'hasGraphiQL' | 'canEmbed' | 'hasSessions'>,
): Promise<LoadedPage> {
  const manifest = join(directory, 'client/.vite/manifest.json');
  if (!existsSync(manifest)) return { pages: NOT_BUILT, assets: () => false, styleHashes: [] };
  const assets = createAssets(join(directory, 'client/assets'), ASSETS, FILE_HEADERS, refuse);
  const files: Manifest = JSON.parse(readFileSync(manifest, 'utf8'));
  const filesOf = (name: string) => findFiles(directory, files, name);
  const [main, embed] = [filesOf('main.tsx'), filesOf('embed.tsx')];
  const drawing = (name: string) =>
    `/wire/${Object.values(files).find(({ file }) => file.startsWith(`assets/${name}-`))?.file}`;
  const module = (await import(
    /* @vite-ignore */ pathToFileURL(join(directory, 'server/server.js')).href
  )) as PageModule;
  return {
    pages: module.createPages({
      ...site,
      ...{ main, embed },
      boot: `/wire/${files['boot.ts']?.file}`,
      land: drawing('land'),
      icon: drawing('icon'),
    }),
    assets,
    styleHashes: [main, embed].map(({ styles }) => hashOf(styles)),
  };
}

const hashOf = (styles: string) => `'sha256-${createHash('sha256').update(styles).digest('base64')}'`;

/** Vite's list of what it has built, by source file. */
type Manifest = Readonly<Record<string, BuiltFile>>;

interface BuiltFile {
  readonly file: string;
  readonly css?: readonly string[];
  /** Names of files that are loaded with it. */
  readonly imports?: readonly string[];
}

function findFiles(directory: string, files: Manifest, name: string): PageFiles {
  const entry = files[name];
  return {
    script: `/wire/${entry?.file}`,
    styles: readFileSync(join(directory, 'client', entry?.css?.[0] ?? ''), 'utf8').trim(),
    imports: (entry?.imports ?? []).map((imported) => `/wire/${files[imported]?.file}`),
  };
}

const NOT_BUILT: Pages = {
  isFor: (path) => path === '/',
  render: async () => ({ status: 404, html: 'The page is not built. Run npm run build.' }),
  renderError: ({ message }) => ({ status: 500, html: message.replace(/[<&]/g, ' ') }),
};

function refuse(response: ServerResponse): void {
  response.writeHead(404, { ...FILE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end('No such file\n');
}
