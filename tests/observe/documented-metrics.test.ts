import { readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { sendRaw } from '../support/hostile/raw.js';
import { openSocket } from '../support/hostile/raw-socket.js';
import type { TestServer } from '../support/server.js';
import { test } from '../support/shared.js';

const PREFIX = 'doctrine_wire_';
const PAGE = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const ROW = /^\| `([a-z_]+)` \| (counter|gauge|histogram) \|\s*(.*?)\s*\|/gm;

/** The metrics of the page's table: their types and labels. */
const documented = new Map(
  [...PAGE.matchAll(ROW)].map(([, name = '', type = '', labels = '']) => [
    name,
    // A label may be followed by its values in brackets.
    `${type} ${[...labels.replace(/\(.*?\)/g, '').matchAll(/`(\w+)`/g)].map(([, label]) => label).sort()}`,
  ]),
);

const metricsOf = async (server: TestServer) => (await fetch(new URL('/metrics', server.url))).text();

describeWithDatabase('docs/operations.md', () => {
  test('documents every metric that is served, with its type and labels, and no others', async ({
    server,
  }) => {
    // Metrics with labels are served with their first value.
    await server.request('{ feedHead }');
    await server.request('{ unheardOf }');
    await sendRaw(server, '{"query":1}');
    await publishStatement(server, 'One');
    await using socket = await openSocket(server.url);
    await socket.init();
    await socket.run('a', '{ feedHead }');
    // Those of the database are left out of a scrape while it is slow.
    const text = await vi.waitFor(async () => {
      const text = await metricsOf(server);
      for (const name of ['watched_feeds', 'inbox_items', 'inbox_publication_seconds']) {
        expect(text).toMatch(new RegExp(`^${PREFIX}${name}\\{`, 'm'));
      }
      return text;
    }, 30_000);
    const served = new Map(
      [...text.matchAll(/^# TYPE doctrine_wire_(\w+) (\w+)$/gm)].map(([, name = '', type = '']) => {
        const suffix = type === 'histogram' ? '_count' : '';
        const [, sample = ''] =
          new RegExp(`^${PREFIX}${name}${suffix}(?:\\{(.*?)\\})? `, 'm').exec(text) ?? [];
        return [name, `${type} ${[...sample.matchAll(/(\w+)="/g)].map(([, label]) => label).sort()}`];
      }),
    );
    expect(served.size).toBeGreaterThan(20);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(served));
  });

  test('names only metrics that are served, in its alerts and everywhere else', async ({ server }) => {
    await server.request('{ feedHead }');
    const text = await metricsOf(server);
    const served = new Set(
      [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name.replace(PREFIX, '')),
    );
    const families = [...served].map((name) => name.split('_')[0] ?? '');
    // Log lines and tables have names with underscores too, but none that begins like a metric and ends like one.
    const named = [...PAGE.matchAll(/`(?:doctrine_wire_)?([a-z][a-z_]*_[a-z_0-9]+)(?:\{[^`]*\})?`/g)]
      .map(([, name = '']) => name)
      .filter((name) => families.includes(name.split('_')[0] ?? '') && !name.endsWith('_'));
    expect(named.length).toBeGreaterThan(documented.size);
    expect(named.filter((name) => !served.has(name))).toEqual([]);
  });

  test('says which operations, transports and outcomes there are', async ({ server }) => {
    await server.request('{ feedHead }');
    await server.request('{ unheardOf }');
    const labels = [...(await metricsOf(server)).matchAll(/^doctrine_wire_requests_total\{(.*)\}/gm)];
    for (const [, sample = ''] of labels) {
      for (const [, value] of sample.matchAll(/="(\w+)"/g)) expect(PAGE).toContain(`\`${value}\``);
    }
    expect(labels.length).toBeGreaterThan(1);
  });
});
