import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { describeWithDatabase } from '../support/fixtures.js';
import { test } from '../support/shared.js';

describeWithDatabase('docs/operations.md', () => {
  test('documents only metrics that are served', async ({ server }) => {
    await server.request('{ feedHead }');
    const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `([a-z_]+)` \| (?:counter|gauge|histogram) \|/gm)].map(
      ([, name]) => `doctrine_wire_${name}`,
    );
    expect(documented.filter((name) => name.startsWith('doctrine_wire_cache_')).length).toBeGreaterThan(4);
    const metrics = await (await fetch(new URL('/metrics', server.url))).text();
    const served = new Set([...metrics.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
    expect(documented.filter((name) => !served.has(name))).toEqual([]);
  });
});
