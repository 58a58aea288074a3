import { expect, vi } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../../support/server.js';

const PATIENCE = { timeout: 30_000 };
const feed = (selection: string) => `subscription Feed($after: Cursor, $filter: DevelopmentFilter) {
  feed(after: $after, filter: $filter) { __typename ... on DevelopmentPublished { development { ${selection} } } }
}`;

/** Subscribes over its own socket and collects the results. */
function follow(server: TestServer, query: string, variables: object = {}, params?: Record<string, unknown>) {
  const results: any[] = [];
  server
    .client(params)
    .subscribe(
      { query, variables: { ...variables } },
      { next: (result) => results.push(result), error: (error) => results.push(error), complete: () => {} },
    );
  return results;
}

describeWithDatabase('subscribers with the same request', () => {
  test('form one group whatever their cursor, and several if document, variables or view differ', async ({
    server,
  }) => {
    const { feedHead } = await server.data<{ feedHead: string }>('{ feedHead }');
    await publishStatement(server, 'one');
    const editor = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const same = [
      follow(server, feed('headline')),
      follow(server, feed('headline'), { after: feedHead }),
      follow(server, feed('headline'), { after: null }),
    ];
    const others = [
      follow(server, feed('headline slug')),
      follow(server, feed('headline'), { filter: { kind: ['STATEMENT'] } }),
      follow(server, feed('headline'), { filter: { kind: ['STATEMENT'], country: null } }),
      follow(server, feed('headline'), {}, editor),
    ];
    const isLive = (results: any[]) =>
      results.some((result) => result.data?.feed.__typename === 'FeedCaughtUp');
    // A replay executes too, so count from when all are live.
    await vi.waitUntil(() => [...same, ...others].every(isLive), PATIENCE);
    expect(server.fanOut.figures).toMatchObject({ subscribers: 7, groups: 5 });
    const before = server.fanOut.figures.executions;
    await publishStatement(server, 'two');
    const last = (results: any[]) => results.at(-1)?.data?.feed.development?.headline;
    await vi.waitUntil(() => [...same, ...others].every((results) => last(results) === 'two'), PATIENCE);
    expect(server.fanOut.figures.executions - before).toBeLessThanOrEqual(5);
    expect(same[1]?.map((result) => result.data.feed.development?.headline ?? 'caught up')).toEqual([
      'one',
      'caught up',
      'two',
    ]);
  });
});
