import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../database/open.js';

/**
 * Answers `/health/live` (the process runs) and `/health/ready` (it can reach its database: 200 or
 * 503), and leads `/` to GraphiQL.
 *
 * @returns A listener that answers the request and returns true, or leaves it and returns false.
 */
export function createHealth(db: Database): (request: IncomingMessage, response: ServerResponse) => boolean {
  const answer = (response: ServerResponse, status: number, text: string) => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`${text}\n`);
  };
  return ({ url = '', method }, response) => {
    if (method !== 'GET' && method !== 'HEAD') return false;
    switch (url.split('?')[0]) {
      case '/':
        response.writeHead(302, { Location: '/graphql' }).end();
        return true;
      case '/health/live':
        answer(response, 200, 'live');
        return true;
      case '/health/ready':
        db.feedHead.findUnique({ where: { id: 1 } }).then(
          () => answer(response, 200, 'ready'),
          () => answer(response, 503, 'the database cannot be reached'),
        );
        return true;
      default:
        return false;
    }
  };
}
