import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

const COUNTS = `{
  developments { totalCount totalCountIsExact }
  topics { totalCountIsExact totalCount }
}`;

/** Adds rows until both lists have `count`. */
async function fillUpTo(server: TestServer, count: number): Promise<void> {
  await server.db.$executeRaw`
    INSERT INTO topic (id, slug, name, name_words)
    SELECT gen_random_uuid(), 'topic-' || number, 'Topic', ''
    FROM generate_series((SELECT count(*) + 1 FROM topic), ${count}) AS number`;
  await server.db.$executeRaw`
    INSERT INTO development (id, slug, revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest,
                             words, id_words, recorded_at, published_at, changed_at)
    SELECT gen_random_uuid(), 'development-' || number, 1, 'EVENT', 'PUBLISHED', 'LOW', false, '2020-01-01', '2020-01-01',
           '', '', now(), now(), now()
    FROM generate_series((SELECT count(*) + 1 FROM development), ${count}) AS number`;
}

describeWithDatabase('totalCount', () => {
  test('is exact up to 10,000, and says so', async ({ server }) => {
    const exact = { totalCount: 10_000, totalCountIsExact: true };
    await fillUpTo(server, 10_000);
    expect(await server.data(COUNTS)).toEqual({ developments: exact, topics: exact });
    await fillUpTo(server, 10_002);
    const more = { totalCount: 10_000, totalCountIsExact: false };
    expect(await server.data(COUNTS)).toEqual({ developments: more, topics: more });
    const few = await server.data(
      '{ developments(filter: { text: "nothing" }) { totalCount totalCountIsExact } }',
    );
    expect(few).toEqual({ developments: { totalCount: 0, totalCountIsExact: true } });
  });
});
