import type { Ask } from '../../execution/ask.js';

/** Developments by the time of their publication: from `publishedSince` until before `publishedBefore`. */
export interface Range {
  readonly publishedSince?: string;
  readonly publishedBefore?: string;
}

const COUNT = /* GraphQL */ `
  query SitemapCount($filter: DevelopmentFilter) {
    developments(filter: $filter, first: 0) { totalCount totalCountIsExact }
  }
`;

const FIRST = /* GraphQL */ `
  query SitemapFirst {
    developments(orderBy: { field: PUBLISHED, direction: ASC }, first: 1) { nodes { publishedAt } }
  }
`;

interface Counted {
  readonly developments: { readonly totalCount: number; readonly totalCountIsExact: boolean };
}

interface First {
  readonly developments: { readonly nodes: readonly { readonly publishedAt: string | null }[] };
}

/** What the record counts exactly, and a fifth of what a site map may have (50,000 URLs). */
const MAX_URLS = 10_000;

/** Shorter ranges are not split. An import publishes less than 50,000 developments in one. */
const SHORTEST = 1_000;

/** Returns ranges that cover all published developments, each with at most {@link MAX_URLS}, in their order. */
export async function splitByTime(ask: Ask, maximum = MAX_URLS): Promise<readonly Range[]> {
  if (await fits(ask, {}, maximum)) return [{}];
  const { developments } = (await ask(FIRST, {})) as First;
  const since = Date.parse(developments.nodes[0]?.publishedAt ?? '');
  const ranges: Range[] = [];
  // The last range is open, so that what is published later needs no new index.
  const split = async (from: number, to: number, isLast: boolean): Promise<void> => {
    const range = {
      publishedSince: new Date(from).toISOString(),
      ...(!isLast && { publishedBefore: new Date(to).toISOString() }),
    };
    if (to - from <= SHORTEST || (await fits(ask, range, maximum))) {
      ranges.push(range);
      return;
    }
    const middle = Math.floor((from + to) / 2);
    await split(from, middle, false);
    await split(middle, to, isLast);
  };
  await split(since, Date.now(), true);
  return ranges;
}

async function fits(ask: Ask, filter: Range, maximum: number): Promise<boolean> {
  const { developments } = (await ask(COUNT, { filter })) as Counted;
  return developments.totalCountIsExact && developments.totalCount <= maximum;
}
