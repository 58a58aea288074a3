import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import { expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.js';
import { test } from '../support/shared.js';

const urlOf = (server: TestServer) => new URL('/schema.graphql', server.url);

describeWithDatabase('/schema.graphql', () => {
  test('is the schema as committed, and can be revalidated', async ({ server }) => {
    const response = await fetch(urlOf(server));
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const text = await response.text();
    expect(text).toBe(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
    expect(buildSchema(text).getQueryType()?.name).toBe('Query');
    const etag = String(response.headers.get('etag'));
    const again = await fetch(urlOf(server), { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  test('is sent to HEAD without its text, and refused to POST', async ({ server }) => {
    expect((await fetch(urlOf(server), { method: 'HEAD' })).status).toBe(200);
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(urlOf(server), { method: 'POST', body: '{}', headers })).status).toBe(405);
  });

  test('may be read by pages of this machine while the server is in development', async ({ server }) => {
    const origin = 'http://localhost:5173';
    const response = await fetch(urlOf(server), { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('needs a token where reading does, and is not there without introspection', async () => {
    await using database = await createDatabase();
    {
      await using closed = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
      expect((await fetch(urlOf(closed))).status).toBe(401);
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      expect((await fetch(urlOf(closed), { headers })).status).toBe(200);
    }
    await using hidden = await startTestServer(database.location, { INTROSPECTION: '0' });
    expect((await fetch(urlOf(hidden))).status).toBe(404);
  });
});
