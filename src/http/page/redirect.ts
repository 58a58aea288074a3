import type { IncomingMessage, ServerResponse } from 'node:http';

/** Redirects `/` where no page is served. */
export const createRedirect =
  (to: string) =>
  ({ url = '', method }: IncomingMessage, response: ServerResponse): boolean => {
    if (url.split('?', 1)[0] !== '/' || (method !== 'GET' && method !== 'HEAD')) return false;
    response.writeHead(302, { Location: to }).end();
    return true;
  };
