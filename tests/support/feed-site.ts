import type { RequestListener, ServerResponse } from 'node:http';
import { hostile, type ScratchWeb, serveWeb } from './hostile-web.js';

const PLACES = ['Ostland', 'Westmark', 'Nordfell', 'Southmoor', 'Midgate', 'Farholm', 'Highbury', 'Lowmere'];
const THINGS = [
  'missiles',
  'launchers',
  'radars',
  'submarines',
  'warheads',
  'bombers',
  'inspections',
  'exercises',
];

/** An article of its own for each number. */
export function story(number: number): string {
  const place = (at: number) => PLACES[(number * 3 + at) % 8];
  const thing = (at: number) => THINGS[(number * 5 + at) % 8];
  return Array.from(
    { length: 8 },
    (_, at) =>
      `In paragraph ${at} of report ${number}, the ministry of ${place(at)} said that ${number * 17 + at} ${thing(at)} would be counted by ${place(at + 3)} before day ${number + at * 7}, although ${place(at + 5)} asked for ${thing(at + 2)} first.`,
  ).join('\n\n');
}

const page = (number: number, text = story(number)) =>
  `<!doctype html><html lang="en"><head><title>Report ${number}</title></head><body><nav>Menu</nav><article><h1>Report ${number}</h1>${text
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('')}</article></body></html>`;

export interface FeedSite extends ScratchWeb {
  /** Paths that answer with another status. */
  readonly statuses: Map<string, number>;
  /** Documents by path, in place of those that the site begins with. */
  readonly documents: Map<string, string | Buffer>;
  readonly headers: Map<string, Record<string, string>>;
}

/** Links of an RSS feed to articles. */
export const rssOf = (
  items: readonly { readonly number: number; readonly query?: string; readonly html?: string }[],
) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>RSS</title>${items
    .map(
      ({ number, query = '', html }) =>
        `<item><title>Report ${number}</title><link>/articles/${number}${query}</link><guid isPermaLink="false">r${number}${query}</guid>${html ? `<content:encoded><![CDATA[${html}]]></content:encoded>` : ''}</item>`,
    )
    .join('')}</channel></rss>`;

/** Six feeds (RSS, Atom, JSON Feed, RDF, broken, hostile) and twenty articles, on loopback. */
export async function serveFeedSite(): Promise<FeedSite> {
  const statuses = new Map<string, number>();
  const headers = new Map<string, Record<string, string>>();
  const numbers = (first: number) => Array.from({ length: 5 }, (_, at) => first + at);
  const documents = new Map<string, string | Buffer>([
    ['/rss', rssOf(numbers(1).map((number) => ({ number, query: '?utm_source=rss' })))],
    [
      '/atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><id>a</id>${numbers(6)
        .map(
          (number) =>
            `<entry><id>a${number}</id><title>Report ${number}</title><link href="/articles/${number}"/></entry>`,
        )
        .join('')}</feed>`,
    ],
    [
      '/json',
      JSON.stringify({
        ...{ version: 'https://jsonfeed.org/version/1.1', title: 'JSON' },
        items: numbers(11).map((number) => ({
          ...{ id: String(number), url: `/articles/${number}`, title: `Report ${number}` },
          content_text: story(number),
        })),
      }),
    ],
    [
      '/rdf',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>RDF</title></channel>${numbers(
        16,
      )
        .map(
          (number) =>
            `<item rdf:about="${number}"><title>Report ${number}</title><link>/articles/${number}</link></item>`,
        )
        .join('')}</rdf:RDF>`,
    ],
    ['/broken', '<rss version="2.0"><channel><title>Broken<item>'],
    [
      '/entities',
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0"><channel/></rss>',
    ],
  ]);
  const send = (response: ServerResponse, path: string, body: string | Buffer, asked: string | undefined) => {
    const etag = `"${Buffer.from(body).toString('base64url').length}-${body.length}"`;
    const own = { etag, ...headers.get(path) };
    if (asked === etag) response.writeHead(304, own).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...own }).end(body);
  };
  const listener: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site.invalid');
    const status = statuses.get(pathname);
    if (status !== undefined) return response.writeHead(status, headers.get(pathname)).end();
    const document = documents.get(pathname);
    if (document !== undefined) return send(response, pathname, document, request.headers['if-none-match']);
    const [, number] = /^\/articles\/(\d+)$/.exec(pathname) ?? [];
    if (number !== undefined) return send(response, pathname, page(Number(number)), undefined);
    return hostile(request, response);
  };
  return { ...(await serveWeb(listener)), statuses, documents, headers };
}
