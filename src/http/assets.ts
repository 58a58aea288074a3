import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

/** Answers a request and returns true, or leaves it untouched and returns false. */
type Listener = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Serves the files of a build, whose names have a hash of their content, to GET and HEAD of paths under `prefix`.
 *
 * @param prefix Ends with a slash.
 * @param onNoMatch Sends a 404.
 */
export function createAssets(
  directory: string,
  prefix: string,
  headers: Readonly<Record<string, string>>,
  onNoMatch: (response: ServerResponse) => void,
): Listener {
  const files = sirv(directory, {
    brotli: true,
    gzip: true,
    immutable: true,
    maxAge: 365 * 24 * 60 * 60,
    onNoMatch: (_request, response) => onNoMatch(response),
  });
  return (request, response) => {
    const { url = '', method } = request;
    if (!url.startsWith(prefix) || (method !== 'GET' && method !== 'HEAD')) return false;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // sirv does not handle errors of the file it pipes, leaves it open when the client disconnects, and throws for a
    // range that ends before it starts. Ranges of these files are not needed.
    response.once('pipe', (source: NodeJS.ReadableStream & { destroy(): void }) => {
      source.once('error', () => response.destroy());
      response.once('close', () => source.destroy());
    });
    delete request.headers.range;
    request.url = url.slice(prefix.length - 1);
    files(request, response);
    request.url = url;
    return true;
  };
}
