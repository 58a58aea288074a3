import { generateJsonFeed } from 'feedsmith';
import type { FeedItem } from './content.js';
import type { FeedFormat } from './feed-page.js';

export const JSON_FEED: FeedFormat = {
  path: '/feed.json',
  type: 'application/feed+json; charset=utf-8',
  render: (page) => {
    const feed = generateJsonFeed({
      title: page.title,
      home_page_url: page.urls.home,
      feed_url: page.urls.self,
      ...(page.urls.next !== undefined && { next_url: page.urls.next }),
      authors: [{ name: page.author, url: page.site }],
      language: 'en',
      items: page.items.map(itemOf),
    });
    // The generator leaves out an empty list, which JSON Feed requires.
    return JSON.stringify({ items: [], ...(feed as object) });
  },
};

function itemOf({ id, url, title, summary, html, published, updated, topics, entry }: FeedItem) {
  const { kind, status, revision, confidence, disputed, occurred, retraction } = entry;
  return {
    id,
    url,
    title,
    ...(summary !== undefined && { summary }),
    content_html: html,
    date_published: published,
    date_modified: updated,
    tags: topics.map(({ name }) => name),
    _doctrine_wire: {
      about: `${url}`,
      ...{ kind, status, revision, confidence, disputed, occurred: occurred.edtf },
      ...(retraction && { retraction: { reason: retraction.reason, retracted_at: retraction.recordedAt } }),
    },
  };
}
