import { expect, vi } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const PATIENCE = { timeout: 30_000 };
const REFUSED = { code: 'LIMIT_EXCEEDED', limit: 'MAX_SUBSCRIPTION_BYTES', maximum: 30_000 };

/** Subscribes with a filter of one text. Each text makes a subscription of its own. */
function follow(server: TestServer, text: string, token?: string) {
  const errors: any[] = [];
  const filter = { text };
  const query =
    'subscription ($filter: DevelopmentFilter) { developmentPublished(filter: $filter) { slug } }';
  const client = server.client(token === undefined ? undefined : { authorization: `Bearer ${token}` });
  const leave = client.subscribe(
    { query, variables: { filter } },
    {
      next: ({ errors: told }) => errors.push(...(told ?? [])),
      error: (told: any) => errors.push(...told),
      complete: () => {},
    },
  );
  return { errors, leave };
}

describeWithDatabase('a client with too many different subscriptions', () => {
  test('is refused with what to do, beside others, until it ends some', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { MAX_SUBSCRIPTION_BYTES: '30000' });
    const subscribers = () => server.fanOut.figures.subscribers;
    const held = [follow(server, 'one'), follow(server, 'two')];
    await vi.waitUntil(() => subscribers() === 2, PATIENCE);
    const third = follow(server, 'three');
    await vi.waitUntil(() => third.errors.length > 0, PATIENCE);
    expect(third.errors).toMatchObject([{ extensions: REFUSED }]);
    expect(third.errors[0].message).toContain('End subscriptions that you no longer need');

    const again = follow(server, 'one'); // An equal one costs nothing more.
    const token = await createToken(server.db, { name: 'other', role: 'READER' });
    const others = follow(server, 'three', token); // A client of its own.
    await vi.waitUntil(() => subscribers() === 4, PATIENCE);
    expect([...again.errors, ...others.errors]).toEqual([]);

    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: 'subscription { developmentPublished(filter: { text: "four" }) { slug } }',
      }),
    });
    expect(response.status).toBe(429);
    expect(await response.text()).toContain('MAX_SUBSCRIPTION_BYTES');

    held[1]?.leave();
    await vi.waitUntil(() => subscribers() === 3, PATIENCE);
    const fourth = follow(server, 'four');
    await vi.waitUntil(() => subscribers() === 4, PATIENCE);
    expect(fourth.errors).toEqual([]);
  });
});
