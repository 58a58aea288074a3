import { expect, test, vi } from 'vitest';
import { createToken } from '../../src/domain/token.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { startTestServer } from '../support/server.js';
import { startProxy } from './bus-support.js';

const READ = '{ topics { nodes { slug } } }';
const WRITE = 'mutation { upsertTopic(input: { slug: "one", name: "One" }) { __typename } }';
const AWAY = {
  message: expect.stringMatching(/^The database cannot be reached/),
  extensions: { code: 'DATABASE_UNAVAILABLE' },
};

describeWithDatabase('while PostgreSQL is away', () => {
  test('requests are answered with 503, Retry-After and a code, and with 200 once it is back', async () => {
    await using database = await createPostgres();
    await using proxy = await startProxy(database.location.url);
    await using server = await startTestServer(
      { ...database.location, url: proxy.url },
      { RESPONSE_CACHE: '0' },
    );
    const token = await createToken(server.db, { name: 'reader', role: 'READER' });
    const connected = vi.fn();
    const client = server.client();
    client.on('connected', connected);
    const overWebSocket = () =>
      new Promise((resolve, reject) => {
        client.subscribe({ query: READ }, { next: resolve, error: reject, complete: () => {} });
      });
    await overWebSocket();

    proxy.cut();
    const requests = {
      'a query': () => server.request(READ),
      'a mutation': () => server.request(WRITE),
      'a token that must be looked up': () => server.request(READ, { token }),
    };
    for (const [what, send] of Object.entries(requests)) {
      expect(await send(), what).toMatchObject({ status: 503, errors: [AWAY] });
    }
    expect(await overWebSocket()).toMatchObject({ errors: [AWAY] });
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: READ }),
    });
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);

    await proxy.restore();
    for (const [what, send] of Object.entries(requests)) {
      const answer = await send();
      expect(answer.status, what).toBe(200);
    }
    expect(server.logged.filter(({ level }) => Number(level) >= 50).map(({ msg }) => msg)).toEqual(
      server.logged.filter(({ msg }) => msg === 'the feed log could not be read').map(({ msg }) => msg),
    );
  });
});
