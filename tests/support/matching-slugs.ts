import { expect } from 'vitest';
import type { TestServer } from './server.js';

/** The slugs that a filter picks from a list, sorted; totalCount and the timeline must agree with it. */
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
