import { expect, test, vi } from 'vitest';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { startNatsBus } from '../../src/feed/bus/nats.js';
import { openNatsBus } from '../../src/feed/bus/open.js';
import { openForImport } from '../../src/import/open.js';
import { createDatabase, createPostgres } from '../support/database.js';
import { CITED, makeSource } from '../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { startTestServer } from '../support/server.js';
import { within } from '../support/within.js';
import {
  createReports,
  describeWithNats,
  expectToTellEachOther,
  NATS,
  startInstance,
  startProxy,
  upTo,
} from './bus-support.js';

const over =
  (url: string, reports = createReports()) =>
  (db: Parameters<typeof openNatsBus>[0]['db']) =>
    openNatsBus({ url, db, ...reports });

const subject = () => `doctrine-wire.test.${crypto.randomUUID()}`;

describeWithNats('the NATS bus', () => {
  describeWithDatabase('between instances', () => {
    test('announces publications of one to the other, without polling', async () => {
      await using database = await createPostgres();
      await using one = await startInstance(database.location, over(NATS));
      await using other = await startInstance(database.location, over(NATS));
      await expectToTellEachOther(one, other);
    });

    test('loses nothing while NATS is down, and carries wake-ups again when it is back', async () => {
      await using database = await createPostgres();
      await using proxy = await startProxy(NATS);
      const reports = createReports();
      await using writer = await startInstance(database.location, over(proxy.url));
      await using reader = await startInstance(database.location, over(proxy.url, reports), 200);
      await vi.waitUntil(() => writer.heard.length > 0 && reader.heard.length > 0, 30_000);
      await writer.publish(5);
      proxy.cut();
      await vi.waitUntil(() => reports.onLost.mock.calls.length === 1, 30_000);
      const cut = performance.now();
      let written = 5;
      while (performance.now() - cut < 3_000) {
        await writer.publish();
        written += 1;
      }
      await vi.waitUntil(() => reader.received.length === written, 30_000);
      await proxy.restore();
      await vi.waitUntil(() => reports.onBack.mock.calls.length === 1, 30_000);
      await writer.publish(5);
      await vi.waitUntil(() => reader.heard.includes(BigInt(written + 6)), 30_000);
      await vi.waitUntil(() => reader.received.length === written + 5, 30_000);
      expect(reader.received).toEqual(upTo(written + 5));
      expect(reports.onLost).toHaveBeenCalledTimes(1);
    });

    test('delivers the wake-up of an import that ends immediately', async () => {
      await using database = await createPostgres();
      await using reader = await startInstance(database.location, over(NATS));
      await vi.waitUntil(() => reader.heard.length === 1, 30_000);
      const told: string[] = [];
      const imported = await openForImport({ database: database.location, busUrl: NATS }, (line) =>
        told.push(line),
      );
      const input = { headline: 'A', occurred: '2026', citations: [...CITED.citations] };
      await recordDevelopment(imported.writer, 'STATEMENT', input, { publish: true });
      await imported[Symbol.asyncDispose]();
      await vi.waitUntil(() => reader.received.length === 1, 30_000);
      expect(told).toEqual([]);
    });

    test('lets an import succeed without NATS, with a one-line warning', async () => {
      await using database = await createPostgres();
      const told: string[] = [];
      const busUrl = 'nats://127.0.0.1:1';
      const imported = await openForImport({ database: database.location, busUrl }, (line) =>
        told.push(line),
      );
      await makeSource(imported.writer.db);
      const input = { headline: 'A', occurred: '2026', citations: [...CITED.citations] };
      await recordDevelopment(imported.writer, 'STATEMENT', input, { publish: true });
      await imported[Symbol.asyncDispose]();
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/^The bus cannot be reached \(.*ECONNREFUSED.*\)/);
    });

    test('lets a server start, serve and stop while NATS is down', async () => {
      await using database = await createDatabase();
      const server = await startTestServer(database.location, { BUS_URL: 'nats://127.0.0.1:1' });
      await publishStatement(server, 'Without a bus');
      await vi.waitUntil(() => server.tail.head.position === 2n, 30_000);
      await vi.waitUntil(() => server.logged.length > 0, 30_000);
      await server[Symbol.asyncDispose]();
      expect(server.logged.map(({ msg }) => msg)).toEqual(['the bus is lost; changes are found by polling']);
    });
  });

  test('sends the last wake-up of an outage once NATS is back', async () => {
    await using proxy = await startProxy(NATS);
    proxy.cut();
    const topic = subject();
    await using near = startNatsBus({ url: NATS, subject: topic, ...createReports() });
    const heard: unknown[] = [];
    near.onWake((position) => heard.push(position));
    await vi.waitUntil(() => heard.length === 1, 30_000);
    const reports = createReports();
    await using far = startNatsBus({ url: proxy.url, subject: topic, ...reports });
    await vi.waitUntil(() => reports.onLost.mock.calls.length === 1, 30_000);
    far.wake(3n);
    far.wake(4n);
    await proxy.restore();
    await vi.waitUntil(() => heard.length === 2, 30_000);
    expect(heard).toEqual([undefined, 4n]);
  });

  test('notices a server that hangs', async () => {
    await using proxy = await startProxy(NATS);
    const reports = createReports();
    await using bus = startNatsBus({ url: proxy.url, subject: subject(), ...reports });
    await new Promise<void>((resolve) => bus.onWake(() => resolve()));
    proxy.swallow();
    await vi.waitUntil(() => reports.onLost.mock.calls.length === 1, 30_000);
  });

  test('is disposed of within two seconds in any state, and leaves no connection', async () => {
    await using proxy = await startProxy(NATS);
    const start = (reports = createReports()) =>
      startNatsBus({ url: proxy.url, subject: subject(), ...reports });
    const dispose = async (bus: AsyncDisposable) => {
      await within(2_000, bus[Symbol.asyncDispose]());
      await vi.waitUntil(() => proxy.connections === 0, 30_000);
    };
    const connected = start();
    await new Promise<void>((resolve) => connected.onWake(() => resolve()));
    await dispose(connected);

    const stuck = start();
    await new Promise<void>((resolve) => stuck.onWake(() => resolve()));
    proxy.swallow();
    stuck.wake(1n);
    await dispose(stuck);
    const unanswered = start();
    unanswered.wake(1n);
    await vi.waitUntil(() => proxy.connections === 1, 30_000);
    await dispose(unanswered);

    proxy.cut();
    const reports = createReports();
    const refused = start(reports);
    await vi.waitUntil(() => reports.onLost.mock.calls.length === 1, 30_000);
    refused.wake(1n);
    await dispose(refused);
  });
});
