import { expect, test, vi } from 'vitest';
import { recordInputs } from '../../src/domain/development/content/input.js';
import { recordMany } from '../../src/domain/development/write/record.js';
import { upsertTopic } from '../../src/domain/references/topic.js';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { startPostgresBus } from '../../src/feed/bus/postgres.js';
import { appendToFeed } from '../../src/feed/position.js';
import { test as importTest, speeches } from '../import/fixture.js';
import { createPostgres } from '../support/database.js';
import { CITED } from '../support/example-source.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { run } from '../support/processes/processes.js';
import { within } from '../support/within.js';
import { createReports, expectToTellEachOther, startInstance, startProxy, upTo } from './bus-support.js';

const LISTENERS = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'doctrine-wire feed' AND query LIKE 'LISTEN%'`;

const deaf = () => ({ ...createLocalBus(), [Symbol.asyncDispose]: async () => {} });
const listening = (url: string, reports = createReports()) => startPostgresBus({ url, ...reports });

describeWithDatabase('the PostgreSQL bus', () => {
  test('announces publications of one instance to another, without polling', async () => {
    await using database = await createPostgres();
    const { url } = database.location;
    await using one = await startInstance(database.location, () => listening(url));
    await using other = await startInstance(database.location, () => listening(url));
    await expectToTellEachOther(one, other);
  });

  test('reconnects each time its connection is terminated, and loses nothing', async () => {
    await using database = await createPostgres();
    const reports = createReports();
    await using writer = await startInstance(database.location, deaf);
    await using reader = await startInstance(database.location, () =>
      listening(database.location.url, reports),
    );
    let terminated = 0;
    let written = 0;
    const writing = (async () => {
      while (terminated < 20) {
        await writer.publish();
        written += 1;
      }
    })();
    while (terminated < 20) {
      const rows = await writer.db.$queryRawUnsafe<{ done: boolean }[]>(
        `SELECT pg_terminate_backend(pid) AS done FROM (${LISTENERS}) AS listener`,
      );
      terminated += rows.filter(({ done }) => done).length;
    }
    await writing;
    await vi.waitUntil(() => reader.received.length === written, 30_000);
    expect(reader.received).toEqual(upTo(written));

    // It is back once a connection has lasted for a second.
    const [lost, back] = [reports.onLost.mock.calls, reports.onBack.mock.calls];
    await vi.waitUntil(() => back.length > 0 && back.length === lost.length, 30_000);
    await writer.publish();
    await vi.waitUntil(() => reader.heard.at(-1) === BigInt(written + 2), 30_000);
    await vi.waitUntil(() => reader.received.length === written + 1, 30_000);
    // Once, or a few times if this process has stopped for a second in between: not for each connection.
    expect(lost.length).toBeLessThan(5);
    expect(reader.errors).toEqual([]);
    process.stdout.write(`terminated ${terminated} times during ${written} writes\n`);
  });

  test('wakes the tail for any change to reference data, but not for updates without effect', async () => {
    await using database = await createPostgres();
    await using writer = await startInstance(database.location, deaf);
    await using reader = await startInstance(database.location, () => listening(database.location.url));
    await vi.waitUntil(() => reader.heard.length === 1, 30_000);
    await writer.db.$executeRaw`UPDATE source SET title = 'Another'`;
    await vi.waitUntil(() => reader.heard.length === 2, 30_000);
    await writer.db.$executeRaw`UPDATE source SET title = 'Another'`;
    await writer.db.$transaction([
      writer.db.topic.create({ data: { slug: 'one', name: 'One' } }),
      writer.db.topic.create({ data: { slug: 'other', name: 'Other' } }),
    ]);
    await vi.waitUntil(() => reader.heard.length === 3, 30_000);
    expect(reader.heard).toEqual([undefined, undefined, undefined]);
  });

  test('does not block concurrent writers of reference data', async () => {
    await using database = await createPostgres();
    await using one = await startInstance(database.location, deaf);
    await one.db.$transaction(async (tx) => {
      await tx.topic.create({ data: { slug: 'slow', name: 'Slow' } });
      await upsertTopic({ db: one.db, editor: 'test', wake: () => {} }, { slug: 'fast', name: 'Fast' });
    });
    expect(await one.db.topic.count()).toBe(2);
    const { version } = await one.db.referenceHead.findUniqueOrThrow({ where: { id: 1 } });
    expect(version).toBe(3n); // The source made version 1.
  });

  test('sends nothing for a transaction that is rolled back', async () => {
    await using database = await createPostgres();
    await using writer = await startInstance(database.location, deaf);
    await using reader = await startInstance(database.location, () => listening(database.location.url));
    await vi.waitUntil(() => reader.heard.length === 1, 30_000);
    await writer.publish();
    await vi.waitUntil(() => reader.heard.length === 2, 30_000);
    const fields = recordInputs.STATEMENT.parse({ headline: 'Never', occurred: '2026', ...CITED });
    const rolledBack = writer.db.$transaction(async (tx) => {
      const authorship = { editor: 'test', reason: null };
      const { feed } = await recordMany(tx, [{ kind: 'STATEMENT', fields }], true, authorship);
      await appendToFeed(tx, feed);
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await writer.publish();
    await vi.waitUntil(() => reader.heard.length >= 3, 30_000);
    expect(reader.heard).toEqual([undefined, 2n, 3n]);
  });

  importTest('wakes a running tail for an import in another process', async ({ save }) => {
    await using database = await createPostgres();
    await using reader = await startInstance(database.location, () => listening(database.location.url));
    await vi.waitUntil(() => reader.heard.length === 1, 30_000);
    const rows = ['a', 'b', 'c'].map((id) => `${id},T,2022-03-11,Х,,https://example.org/${id}`);
    const file = await save('a.csv', ['id,title,day,speakers,topics,url', ...rows].join('\n'));
    const map = await save('m.yaml', speeches());
    const { exit, stderr } = await run(['import', file, '--map', map], {
      DATABASE_URL: database.location.url,
    });
    expect(exit?.code, stderr).toBe(0);
    await vi.waitUntil(() => reader.received.length === 7, 30_000); // Of three developments, three sources and an actor.
    // One each for the connection, the publications, and the new actors and topics.
    await vi.waitUntil(() => reader.heard.length === 3, 30_000);
    expect(reader.heard).toEqual([undefined, 8n, undefined]);
  });

  test('reports a connection that breaks, and one that fails at first', async () => {
    await using database = await createPostgres();
    await using proxy = await startProxy(database.location.url);
    proxy.cut();
    const reports = createReports();
    await using writer = await startInstance(database.location, deaf);
    await using reader = await startInstance(database.location, () => listening(proxy.url, reports));
    await vi.waitUntil(() => reports.onLost.mock.calls.length === 1, 30_000);
    await writer.publish();
    await proxy.restore();
    await vi.waitUntil(() => reader.received.length === 1, 30_000);
    await vi.waitUntil(() => reports.onBack.mock.calls.length === 1, 30_000);
    proxy.cut();
    await vi.waitUntil(() => reports.onLost.mock.calls.length === 2, 30_000);
    await writer.publish(3);
    await proxy.restore();
    await vi.waitUntil(() => reader.received.length === 4, 30_000);
    expect(reader.received).toEqual(upTo(4));
  });

  test('is disposed of within a second and a half in any state, and leaves no connection', async () => {
    await using database = await createPostgres();
    await using proxy = await startProxy(database.location.url);
    const dispose = async (bus: AsyncDisposable) => {
      await within(1_500, bus[Symbol.asyncDispose]());
      await vi.waitUntil(() => proxy.connections === 0, 30_000);
    };
    const connected = listening(proxy.url);
    await new Promise<void>((resolve) => connected.onWake(() => resolve()));
    await dispose(connected);

    const stuck = listening(proxy.url);
    await new Promise<void>((resolve) => stuck.onWake(() => resolve()));
    proxy.swallow();
    await dispose(stuck);
    const unanswered = listening(proxy.url);
    await vi.waitUntil(() => proxy.connections === 1, 30_000);
    await dispose(unanswered);

    proxy.cut();
    const reports = createReports();
    const refused = listening(proxy.url, reports);
    await vi.waitUntil(() => reports.onLost.mock.calls.length === 1, 30_000);
    await dispose(refused);
    expect(reports.onBack).not.toHaveBeenCalled();
  });
});
