import { ParameterError } from '../../../parameters/parameter-error.js';
import { formatSelection, parseSelection } from '../../../parameters/selection.js';
import type { Ask } from '../../execution/ask.js';
import type { Link, SendDocument } from '../link.js';
import { type Range, splitByTime } from './split.js';

const PATH = '/sitemap.xml';
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const PAGE_SIZE = 100;

const URLS = /* GraphQL */ `
  query SitemapPage($filter: DevelopmentFilter, $first: Int, $after: Cursor) {
    developments(filter: $filter, orderBy: { field: PUBLISHED, direction: ASC }, first: $first, after: $after) {
      nodes { slug changedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface UrlPage {
  readonly developments: {
    readonly nodes: readonly { readonly slug: string; readonly changedAt: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** Creates the site map of all published developments. A large record has an index of site maps by time. */
export function createSitemap(send: SendDocument): Link {
  return {
    matches: (path) => path === PATH,
    answer: async (request) => {
      const { ask, search, site } = request;
      const range = rangeOf(search);
      await send(request, {
        type: 'application/xml; charset=utf-8',
        key: `${site}${PATH}?${formatSelection({ filter: range })}`,
        render: async () => {
          // Only the whole is split: the parts of an index must not be indexes themselves.
          const ranges = Object.keys(range).length > 0 ? [range] : await splitByTime(ask);
          const [only] = ranges;
          return ranges.length === 1 && only ? urlSet(ask, only, site) : indexOf(ranges, site);
        },
      });
    },
  };
}

function rangeOf(search: URLSearchParams): Range {
  for (const name of search.keys()) {
    if (name !== 'publishedSince' && name !== 'publishedBefore') {
      throw new ParameterError(name, 'only the parameters publishedSince, publishedBefore', name);
    }
  }
  const { publishedSince, publishedBefore } = parseSelection(search).filter;
  return {
    ...(publishedSince != null && { publishedSince }),
    ...(publishedBefore != null && { publishedBefore }),
  };
}

async function urlSet(ask: Ask, filter: Range, site: string): Promise<string> {
  const urls: string[] = [];
  let after: string | null = null;
  for (let hasNext = true; hasNext; ) {
    const page = (await ask(URLS, { filter, first: PAGE_SIZE, ...(after !== null && { after }) })) as UrlPage;
    const { nodes, pageInfo } = page.developments;
    for (const { slug, changedAt } of nodes) {
      urls.push(`<url><loc>${escaped(`${site}/d/${slug}`)}</loc><lastmod>${changedAt}</lastmod></url>\n`);
    }
    after = pageInfo.endCursor;
    hasNext = pageInfo.hasNextPage;
  }
  return `${XML}<urlset ${NAMESPACE}>\n<url><loc>${escaped(`${site}/`)}</loc></url>\n${urls.join('')}</urlset>\n`;
}

function indexOf(ranges: readonly Range[], site: string): string {
  const parts = ranges.map((filter) => {
    const url = `${site}${PATH}?${formatSelection({ filter })}`;
    return `<sitemap><loc>${escaped(url)}</loc></sitemap>\n`;
  });
  return `${XML}<sitemapindex ${NAMESPACE}>\n${parts.join('')}</sitemapindex>\n`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
