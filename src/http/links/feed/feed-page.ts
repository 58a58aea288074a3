import { v5 as uuidOfName } from 'uuid';
import { pageArguments } from '../../../parameters/points.js';
import { formatSelection, type Selection } from '../../../parameters/selection.js';
import { namesStatus } from '../names-status.js';
import { type FeedItem, itemOf, printable } from './content.js';
import type { EntryPage } from './entries.js';

/** A page of a feed, before it is written in a format. */
export interface FeedPage {
  /** The same for all pages of a feed, in all formats. */
  readonly id: string;
  readonly title: string;
  readonly author: string;
  /** When the newest of its items was changed. */
  readonly updated: string;
  readonly site: string;
  readonly urls: {
    readonly self: string;
    /** The page with the same developments. */
    readonly home: string;
    readonly first: string;
    readonly next: string | undefined;
    readonly previous: string | undefined;
  };
  readonly items: readonly FeedItem[];
}

export interface FeedFormat {
  readonly path: string;
  readonly type: string;
  render(page: FeedPage): string;
}

const AUTHOR = 'Doctrine Wire';
const PAGE_SIZE = 50;
/** The namespace of the ids of feeds. */
const FEEDS = '0b5f3a2e-3c0d-4a4c-9a55-6f0a7a6c2d11';
/** The `updated` of a feed without items. */
const NEVER = '1970-01-01T00:00:00.000Z';

/** Returns the variables of the query for a page: those that changed last first, retracted ones included. */
export function variablesOf({ filter, order, asOf, page }: Selection): Record<string, unknown> {
  return {
    filter: namesStatus(filter) ? filter : { ...filter, status: ['PUBLISHED', 'RETRACTED'] },
    orderBy: order ?? { field: 'CHANGED', direction: 'DESC' },
    ...(asOf && { asOf }),
    ...pageArguments(page, PAGE_SIZE),
  };
}

export function feedPageOf(
  { developments: { nodes, pageInfo } }: EntryPage,
  selection: Selection,
  { path }: FeedFormat,
  site: string,
): FeedPage {
  const { page, ...all } = selection;
  const size = page.first === undefined ? {} : { first: page.first };
  const urlOf = (more: Selection['page']) =>
    withQuery(`${site}${path}`, formatSelection({ ...all, page: more }));
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  const items = nodes.map((node) => itemOf(node, site));
  const name = formatSelection(all);
  return {
    id: `urn:uuid:${uuidOfName(`${site}/feed?${name}`, FEEDS)}`,
    title: name === '' ? AUTHOR : printable(`${AUTHOR}: ${decodeURIComponent(name).replaceAll('&', ', ')}`),
    author: AUTHOR,
    updated: items.reduce((newest, { updated }) => (updated > newest ? updated : newest), NEVER),
    site,
    urls: {
      self: urlOf(page),
      home: withQuery(`${site}/`, name),
      first: urlOf(size),
      next: hasNextPage && endCursor !== null ? urlOf({ ...size, after: endCursor }) : undefined,
      previous: hasPreviousPage && startCursor !== null ? urlOf({ ...size, before: startCursor }) : undefined,
    },
    items,
  };
}

const withQuery = (url: string, query: string) => (query === '' ? url : `${url}?${query}`);
