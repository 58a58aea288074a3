import { expect, test, vi } from 'vitest';
import { startProxy } from '../client/proxy.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { createWatchedPostgres } from '../support/held-table.js';
import { ask } from '../support/processes/dossier-process.js';
import { type Running, serve } from '../support/processes/processes.js';
import { ADMIN_TOKEN } from '../support/server.js';

/** The same database through a proxy that can fall silent. */
async function behindProxy(url: string) {
  const { hostname, port, protocol, username, pathname } = new URL(url);
  const proxy = await startProxy(`http://${hostname}:${port || 5432}`);
  const address = `${protocol}//${username}@127.0.0.1:${new URL(proxy.url).port}${pathname}`;
  return Object.assign(proxy, { address });
}

const NO_ANSWER = AbortSignal.timeout(600_000);
let sent = 0;
const slow = () => {
  sent += 1;
  return { query: `{ development(slug: "none") { slug } } # ${sent}` };
};

/** Sends SIGTERM and returns the exit, with the seconds it took. */
async function terminate(running: Running) {
  const started = performance.now();
  const exit = await running.end('SIGTERM');
  return { ...exit, seconds: (performance.now() - started) / 1_000 };
}

describeWithDatabase('REQUEST_TIMEOUT', () => {
  test('is the most that a request takes, with a token, a budget and a database that hangs', async () => {
    await using database = await createPostgres();
    await using proxy = await behindProxy(database.location.url);
    await using server = await serve({ DATABASE_URL: proxy.address, REQUEST_TIMEOUT: '2' });
    const answer = await ask(server, { query: '{ feedHead }' }, NO_ANSWER);
    expect(answer.status).toBe(200);
    proxy.swallows = true;
    const requests = Array.from({ length: 30 }, (_, index) => {
      const headers: Record<string, string> =
        index % 2 === 0 ? {} : { authorization: `Bearer dw_${index}`, 'x-forwarded-for': `10.0.0.${index}` };
      return ask(server, slow(), NO_ANSWER, headers);
    });
    const answers = (await Promise.all(requests)).map(({ status, text }) => [
      status,
      JSON.parse(text).errors,
    ]);
    const tooSlow = expect.objectContaining({
      extensions: expect.objectContaining({ code: 'REQUEST_TIMEOUT', maximum: 2 }),
    });
    expect(answers).toEqual(Array(30).fill([504, [tooSlow]]));
    expect(server.stdout).not.toContain('a request failed');
  });

  test('a flood of slow queries holds up neither tokens nor budgets', async () => {
    await using database = await createWatchedPostgres();
    await using server = await serve({
      ...{ DATABASE_URL: database.location.url, DATABASE_POOL: '4', REQUEST_TIMEOUT: '60' },
      ...{ READ_REQUIRES_TOKEN: '1', MAX_REQUESTS_PER_CLIENT: '8' },
    });
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    await using _held = await database.hold('development_slug');
    const over = new AbortController();
    const flood = Array.from({ length: 30 }, () => ask(server, slow(), over.signal, headers).catch(() => {}));
    await database.untilWaiting(4);
    // The look-up of an unknown token needs the database.
    const unknown = { authorization: 'Bearer dw_unknown' };
    expect(await ask(server, { query: '{ feedHead }' }, NO_ANSWER, unknown)).toMatchObject({ status: 401 });
    over.abort();
    await Promise.all(flood);
    await database.untilWaiting(0);
  });
});

describeWithDatabase('SHUTDOWN_TIMEOUT', () => {
  test('ends the process when the database hangs and a client does not read', async () => {
    await using database = await createPostgres();
    await using proxy = await behindProxy(database.location.url);
    await using server = await serve({ DATABASE_URL: proxy.address, SHUTDOWN_TIMEOUT: '3' });
    expect(await ask(server, { query: '{ feedHead }' }, NO_ANSWER)).toMatchObject({ status: 200 });
    proxy.swallows = true;
    const hanging = Array.from({ length: 20 }, () => ask(server, slow(), NO_ANSWER).catch(() => 'cut'));
    const metrics = new URL('/metrics', server.url);
    const atWork = async () => /requests_at_work 20$/m.test(await (await fetch(metrics)).text());
    await vi.waitUntil(atWork, { timeout: 30_000, interval: 20 });
    const { code, seconds } = await terminate(server);
    console.info(`ended after ${seconds.toFixed(1)} s of 3`);
    expect(code).toBe(1);
    expect(server.stdout).toContain('the shutdown took longer than SHUTDOWN_TIMEOUT');
    // A connection that cannot be opened is noticed after 5 s.
    for (const answer of await Promise.all(hanging)) {
      if (answer !== 'cut') expect(answer).toMatchObject({ status: 503 });
    }
  });

  test('leaves time to close a database that answers, with requests that do not end', async () => {
    await using database = await createWatchedPostgres();
    await using server = await serve({
      ...{ DATABASE_URL: database.location.url, SHUTDOWN_TIMEOUT: '5', REQUEST_TIMEOUT: '60' },
    });
    await using _held = await database.hold('development_slug');
    const hanging = Array.from({ length: 8 }, () => ask(server, slow(), NO_ANSWER).catch(() => 'cut'));
    await database.untilWaiting(8);
    const { code, seconds } = await terminate(server);
    console.info(`ended after ${seconds.toFixed(1)} s of 5`);
    expect(await Promise.all(hanging)).toEqual(Array(8).fill('cut'));
    await database.untilWaiting(0);
    expect(code).toBe(0);
  });
});
