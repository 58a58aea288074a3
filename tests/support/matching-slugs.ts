import { expect } from 'vitest';
import type { TestServer } from './server.js';

/** Returns the sorted slugs that match a filter. Expects totalCount and the timeline to agree. */
export async function pick(server: TestServer, filter: object, list = 'developments'): Promise<string[]> {
  const data = await server.data(
    `query ($filter: DevelopmentFilter) {
      list: ${list}(first: 100, filter: $filter, orderBy: { field: RECORDED, direction: ASC }) { totalCount nodes { slug } }
      timeline(filter: $filter, interval: YEAR) { count }
    }`,
    { filter },
  );
  const slugs = data['list'].nodes.map(({ slug }: { slug: string }) => slug);
  expect(data['list'].totalCount).toBe(slugs.length);
  const counted = data['timeline'].reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  if (list === 'developments') expect(counted).toBe(slugs.length);
  return slugs.sort();
}
