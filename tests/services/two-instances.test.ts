import { expect, test, vi } from 'vitest';
import { createBarePostgres } from '../support/database.js';
import { CITED } from '../support/example-source.js';
import { describeWithDatabase, test as testWithServer } from '../support/fixtures.js';
import { addressOf } from '../support/processes/postgres.js';
import { post, run, serve } from '../support/processes/processes.js';
import { SUBSCRIBERS } from '../support/subscribers.js';

describeWithDatabase('several processes on one PostgreSQL', () => {
  test('that start concurrently migrate it once', async () => {
    await using database = await createBarePostgres();
    const env = { DATABASE_URL: database.location.url };
    const processes = await Promise.all(Array.from({ length: 3 }, () => run(['migrate'], env)));
    expect(processes.map(({ exit, stderr }) => ({ exit, stderr }))).toEqual(
      processes.map(() => ({ exit: { code: 0, signal: null }, stderr: '' })),
    );
    const applied = processes.filter(({ stdout }) => stdout.startsWith('Applied '));
    expect(applied).toHaveLength(1);
    expect((await run(['migrate'], env)).stdout).toBe('The database is up to date.\n');
  });

  testWithServer('receive publications of another one', async ({ server }) => {
    const { subscribe } = { subscribe: SUBSCRIBERS['graphql-ws'] };
    if (!subscribe) throw new Error('No such client.');
    const [found] = await server.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    await using other = await serve({ DATABASE_URL: addressOf(found?.name ?? '') });
    const subscriber = await subscribe(server.url);
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
    const headlines = Array.from({ length: 5 }, (_, index) => `From elsewhere ${index}`);
    const sent = performance.now();
    for (const headline of headlines) {
      await post(
        other.url,
        'mutation ($input: RecordStatementInput!) { recordStatement(input: $input) { ... on RecordStatementSuccess { development { slug } } } }',
        { input: { headline, occurred: '2026', publish: true, ...CITED } },
      );
    }
    await vi.waitUntil(() => subscriber.received.length >= headlines.length, 30_000);
    expect(subscriber.received.map(({ headline }) => headline)).toEqual(headlines);
    const last = (subscriber.received.at(-1)?.at ?? 0) - sent;
    process.stdout.write(`5 publications in another process, all here after ${last.toFixed(0)} ms\n`);
    await subscriber.stop();
  });
});
