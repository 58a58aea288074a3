import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createAssets } from './assets.js';
import { FILE_HEADERS, securityHeaders } from './page/security-headers.js';
import { pathOf } from './route.js';

const PATH = '/desk';
const ASSETS = `${PATH}/assets/`;
/** In the built page, where the nonce of each response goes. */
const NONCE = 'NONCE_OF_THE_RESPONSE';

type Listener = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Serves the built desk to GET and HEAD: one page for `/desk` and all paths below, and its files. The page holds nothing of
 * the record, so it needs no token. Reads `directory` once, so create it again after a build.
 *
 * @param directory dist/desk. Without a build, the page is a 404.
 * @returns A listener that answers the request and returns true, or leaves it untouched and returns false.
 */
export function createDesk(directory: string): Listener {
  const index = join(directory, 'index.html');
  if (!existsSync(index))
    return (request, response) =>
      isForDesk(request) && refuse(response, 'The desk is not built. Run npm run build.\n');
  const [before = '', ...after] = readFileSync(index, 'utf8').split(NONCE);
  const sendAsset = createAssets(join(directory, 'assets'), ASSETS, FILE_HEADERS, (response) =>
    refuse(response, 'No such file\n'),
  );
  return (request, response) => {
    if (!isForDesk(request)) return false;
    if (sendAsset(request, response)) return true;
    // react-aria-components adds style elements. They carry this nonce; all other inline styles are blocked.
    const nonce = randomBytes(16).toString('base64');
    response.writeHead(200, {
      ...securityHeaders({ styleHashes: [`'nonce-${nonce}'`] }),
      'Referrer-Policy': 'same-origin', // Addresses of drafts are not for other sites.
      'Cache-Control': 'no-store',
      'Content-Type': 'text/html; charset=utf-8',
    });
    response.end([before, ...after].join(nonce)); // Node omits the body for HEAD.
    return true;
  };
}

function isForDesk({ method, url }: IncomingMessage): boolean {
  const path = pathOf(url);
  return (method === 'GET' || method === 'HEAD') && (path === PATH || path.startsWith(`${PATH}/`));
}

function refuse(response: ServerResponse, message: string): true {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(404, { ...FILE_HEADERS, ...headers }).end(message);
  return true;
}
