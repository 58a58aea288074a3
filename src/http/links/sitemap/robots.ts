import type { Link, SendDocument } from '../link.js';

/** Creates `robots.txt`: pages may be indexed; queries and downloads have nothing that pages lack. */
export function createRobots(send: SendDocument): Link {
  return {
    matches: (path) => path === '/robots.txt',
    answer: (request) =>
      send(request, {
        type: 'text/plain; charset=utf-8',
        key: `${request.site}/robots.txt`,
        render: async () =>
          `User-agent: *\nDisallow: /graphql\nDisallow: /export.\nSitemap: ${request.site}/sitemap.xml\n`,
      }),
  };
}
