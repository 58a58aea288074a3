import { generateAtomFeed } from 'feedsmith';
import type { FeedItem } from './content.js';
import type { FeedFormat, FeedPage } from './feed-page.js';

export const ATOM: FeedFormat = {
  path: '/feed.atom',
  type: 'application/atom+xml; charset=utf-8',
  render: (page) =>
    generateAtomFeed({
      id: page.id,
      title: { value: page.title },
      updated: page.updated,
      authors: [{ name: page.author, uri: page.site }],
      generator: { text: page.author },
      links: [
        { rel: 'self', href: page.urls.self, type: 'application/atom+xml' },
        { rel: 'alternate', href: page.urls.home, type: 'text/html' },
        ...pagesOf(page).map(([rel, href]) => ({ rel, href, type: 'application/atom+xml' })),
      ],
      entries: page.items.map(entryOf),
    }),
};

/** The links of a paged feed (RFC 5005, section 3). */
function pagesOf({ urls }: FeedPage): [string, string][] {
  const { first, next, previous } = urls;
  return [
    ['first', first],
    ...(next ? [pair('next', next)] : []),
    ...(previous ? [pair('previous', previous)] : []),
  ];
}

const pair = (rel: string, href: string): [string, string] => [rel, href];

function entryOf({ id, url, title, summary, html, published, updated, topics, entry }: FeedItem) {
  const marks = [
    { term: entry.kind, scheme: 'urn:doctrine-wire:kind' },
    ...(entry.status === 'PUBLISHED' ? [] : [{ term: entry.status, scheme: 'urn:doctrine-wire:status' }]),
    ...(entry.disputed ? [{ term: 'DISPUTED', scheme: 'urn:doctrine-wire:status' }] : []),
  ];
  return {
    id,
    title: { value: title },
    ...(summary !== undefined && { summary: { value: summary } }),
    content: { type: 'html', value: html },
    published,
    updated,
    links: [{ rel: 'alternate', href: url, type: 'text/html' }],
    categories: [
      ...marks,
      ...topics.map(({ slug, name }) => ({ term: slug, scheme: 'urn:doctrine-wire:topic', label: name })),
    ],
  };
}
