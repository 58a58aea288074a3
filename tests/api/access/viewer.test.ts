import { expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { ADMIN_TOKEN } from '../../support/server.js';
import { test } from '../../support/shared.js';

const VIEWER =
  'query Viewer { viewer { name role canEdit canAdmin expiresAt budget { remaining resetsAt } } }';

describeWithDatabase('viewer', () => {
  test('is null without a token', async ({ server }) => {
    expect((await server.request(VIEWER, { token: null })).data).toEqual({ viewer: null });
  });

  test('has the name, role and budget of a token', async ({ server }) => {
    const before = Date.now();
    const { viewer } = await server.data(VIEWER);
    expect(viewer).toMatchObject({
      ...{ name: 'ADMIN_TOKEN', role: 'ADMIN', canEdit: true, canAdmin: true, expiresAt: null },
      budget: { remaining: expect.any(Number) },
    });
    const resetsAt = Date.parse(viewer.budget.resetsAt);
    expect(resetsAt).toBeGreaterThan(before);
    expect(resetsAt).toBeLessThanOrEqual(Date.now() + 61_000);
    const next = await server.data(VIEWER);
    expect(next['viewer'].budget.remaining).toBeLessThan(viewer.budget.remaining);
  });

  test('is each reader, though their other answers are shared from the cache', async ({ server }) => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const tokens = await Promise.all(
      ['one', 'two'].map((name) => createToken(server.db, { name, role: 'READER', expiresAt })),
    );
    const direct = '{ feedHead me: viewer { name } }';
    const spread =
      'query ($no: Boolean = false) { ...Me @skip(if: $no) } fragment Me on Query { me: viewer { name } }';
    for (const query of [direct, spread, '{ me: feedHead }']) {
      const asked = [...tokens, null].map((token) => server.request(query, { token }));
      const [one, two, nobody] = (await Promise.all(asked)).map(({ data }) => data?.['me']);
      if (query.includes('viewer'))
        expect([one, two, nobody]).toEqual([{ name: 'one' }, { name: 'two' }, null]);
      else expect([two, nobody]).toEqual([one, one]);
    }
    const { data } = await server.request(VIEWER, { token: tokens[0] ?? '' });
    expect(data?.['viewer']).toMatchObject({
      ...{ role: 'READER', canEdit: false, canAdmin: false, expiresAt: expiresAt.toISOString() },
    });
  });

  test('is the same over WebSocket', async ({ server }) => {
    const client = server.client({ authorization: `Bearer ${ADMIN_TOKEN}` });
    const { value } = await client.iterate<{ viewer: { name: string } }>({ query: VIEWER }).next();
    expect(value.data.viewer).toMatchObject({ name: 'ADMIN_TOKEN', role: 'ADMIN' });
  });
});
