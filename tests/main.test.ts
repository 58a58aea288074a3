import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { test as base, describe, expect, vi } from 'vitest';
import WebSocket from 'ws';
import { createDirectory } from './support/database.js';
import { inOwnTime } from './support/processes/own-time.js';
import { post, run, runWith, serve } from './support/processes/processes.js';

const shell = promisify(execFile);

const test = base.extend<{ directory: string; migrated: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  migrated: async ({}, use) => {
    await using database = await createDirectory();
    await use(database.location.directory);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  directory: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
    await use(directory);
    await rm(directory, { recursive: true, force: true });
  },
});

const EXAMPLE = /^ {2}curl[\s\S]*'$/m;
const COUNT = '{ developments { totalCount } }';

describe('the command line', { timeout: 120_000 }, () => {
  test('stops on a bad environment with one message that names every problem', async ({ directory }) => {
    const { exit, stdout, stderr } = await run(['serve'], {
      DATA_DIR: directory,
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      SEED: 'everything',
      ADMIN_TOKEN: 'short',
      CORS_ORIGINS: 'https://example.org/path',
      DATABASE_URL: 'mysql://localhost/record',
      JWT_ISSUER: 'https://example.org',
      GRAPHIQL: 'maybe',
    });
    expect(exit?.code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^The environment cannot be used\.\n/);
    expect(stderr).not.toMatch(/^\s+at /m);
    const named = [
      'PORT',
      'LOG_LEVEL',
      'SEED',
      'ADMIN_TOKEN',
      'CORS_ORIGINS',
      'DATABASE_URL',
      'JWT_ISSUER',
      'GRAPHIQL',
    ];
    for (const name of named) expect(stderr).toContain(`  ${name}: `);
    expect(stderr.trim().split('\n')).toHaveLength(1 + named.length);
  });

  test('imports a gzip from standard input, and an export that is packed', async ({
    directory,
    migrated,
  }) => {
    const map = join(directory, 'launches.yaml');
    await writeFile(
      map,
      `record: event
publish: true
id: { dataset: launches, value: $id }
fields:
  type: TEST
  headline: $name
  occurred: $day
  citations: [{ source: { byUrl: "https://example.org/launches", title: Launches } }]
`,
    );
    const env = { DATA_DIR: migrated, SEED: 'none' };
    const rows = gzipSync('id\tname\tday\n1\tA launch, at night\t2021-03\n2\tAnother launch\t2021-04-05\n');
    const imported = await runWith(rows, ['import', '-', '--map', map], env);
    // An import that takes seconds tells its progress there.
    expect(imported.stderr).toMatch(/^((checking|writing): .* rows a second, .* left\n)*$/);
    expect(imported.stdout).toMatch(
      /^2 read, 2 recorded, 0 already there, 0 bad; made 0 actors, 0 topics, 1 source; /,
    );
    const first = await run(['export', '-'], env);
    expect(first.stdout).toContain('"headline":"A launch, at night"');

    const other = { DATA_DIR: join(directory, 'other'), SEED: 'none' };
    const restored = await runWith(gzipSync(first.stdout), ['import', '-'], other);
    expect([restored.exit?.code, restored.stdout]).toEqual([
      0,
      expect.stringMatching(/^\d+ read, 2 recorded, /),
    ]);
    const second = await run(['export', '-'], other);
    const linesOf = (text: string) =>
      text.split('\n').filter((line) => /^\{"(?:revision|referenceRevision)/.test(line));
    expect(linesOf(second.stdout)).toEqual(linesOf(first.stdout));
    expect(linesOf(second.stdout)).toHaveLength(3);

    const unknown = await runWith(Buffer.from('fd377a585a0000', 'hex'), ['import', '-', '--map', map], env);
    expect(unknown.exit?.code).toBe(1);
    expect(unknown.stderr).toMatch(/^standard input has an unknown format: it is packed by xz\. /);
    const neither = await runWith('id,name\n', ['import', '-'], env);
    expect(neither.stderr).toMatch(
      /^standard input: expected --map MAPPING, .*: it is not an export of a record\.\n$/,
    );
  });

  test('--help lists the commands, and so does the error for an unknown command', async () => {
    const help = await run(['--help']);
    expect(help.exit?.code).toBe(0);
    for (const command of ['serve', 'migrate', 'import', 'token'])
      expect(help.stdout).toContain(`  ${command} `);
    const unknown = await run(['serf']);
    expect(unknown.exit?.code).toBe(1);
    expect(unknown.stderr).toMatch(/^error: unknown command 'serf'\n/);
    expect(unknown.stderr).toContain('  import ');
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('the first start shows a token and a working example, and the second keeps the data and shows neither', async ({
    directory,
  }) => {
    const env = { DATA_DIR: directory, SEED: 'dossier' };
    {
      await using first = await serve(env);
      await vi.waitUntil(() => EXAMPLE.test(first.stdout), 30_000);
      const example = EXAMPLE.exec(first.stdout)?.[0] ?? '';
      const { stdout } = await shell('sh', ['-c', example]);
      expect(JSON.parse(stdout)).toMatchObject({
        data: {
          upsertSource: { __typename: 'UpsertSourceSuccess' },
          recordStatement: { development: { slug: 'my-first-statement' } },
        },
      });
      expect(first.stdout).toMatch(/^ {2}dw_[\w-]{43}$/m);
      process.stdout.write(`First start, with the example record: ${Math.round(first.startTime)} ms\n`);
      expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
    }
    await using second = await serve(env);
    expect(await post(second.url, '{ development(slug: "my-first-statement") { headline } }')).toEqual({
      development: { headline: 'My first statement' },
    });
    const { developments } = await post(second.url, COUNT);
    expect(developments.totalCount).toBeGreaterThan(10);
    process.stdout.write(`Second start: ${Math.round(second.startTime)} ms\n`);
    expect(await second.end('SIGINT')).toEqual({ code: 0, signal: null });
    expect(second.stdout).not.toContain('dw_');
    expect(second.stdout).not.toContain('curl');
  });

  test('two first starts have the same example record and different epochs', async ({ directory }) => {
    const HEAD = '{ feedHead developments { totalCount } }';
    await using one = await serve({ DATA_DIR: join(directory, 'one'), SEED: 'dossier' });
    const first = await post(one.url, HEAD);
    await one.end('SIGTERM');
    await using other = await serve({ DATA_DIR: join(directory, 'other'), SEED: 'dossier' });
    const second = await post(other.url, HEAD);
    expect(second.developments).toEqual(first.developments);
    expect(second.feedHead).not.toBe(first.feedHead);
    await other.end('SIGTERM');
    await using again = await serve({ DATA_DIR: join(directory, 'other'), SEED: 'dossier' });
    expect(await post(again.url, HEAD)).toEqual(second);
  });

  test('a second process on the directory fails with the id of the first', async ({ migrated }) => {
    await using first = await serve({ DATA_DIR: migrated });
    for (const command of ['serve', 'migrate']) {
      const second = await run([command], { DATA_DIR: migrated, PORT: '0' });
      expect(second.exit?.code).toBe(1);
      expect(second.stderr).toMatch(new RegExp(`in use by process ${first.pid}\\b.*DATA_DIR`));
      expect(second.stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(await post(first.url, COUNT)).toEqual({ developments: { totalCount: 0 } });
  });

  test('a port in use is reported with a way to fix it, and the directory is unlocked again', async ({
    migrated,
  }) => {
    const taken: Server = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    const { exit, stderr } = await run(['serve'], { DATA_DIR: migrated, PORT: port, SEED: 'none' });
    taken.close();
    expect(exit?.code).toBe(1);
    expect(stderr).toContain(port);
    expect(stderr).toContain('PORT');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect((await run(['migrate'], { DATA_DIR: migrated })).stdout).toBe('The database is up to date.\n');
  });

  test('SIGTERM closes WebSockets with 1001 and event streams, and exits within seconds with code 0', async ({
    migrated,
  }) => {
    await using server = await serve({ DATA_DIR: migrated });
    const socket = new WebSocket(server.url.replace('http', 'ws'), GRAPHQL_TRANSPORT_WS_PROTOCOL);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    const stream = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { developmentPublished { slug } }' }),
    });
    const streamEnded = stream.text().catch(() => 'cut');
    const mute = await openMuteSocket(server.url);
    const exit = await inOwnTime(8_000, [server.pid], () => server.end('SIGTERM'));
    expect(exit).toEqual({ code: 0, signal: null });
    expect((await closed)[0]).toBe(1001);
    await streamEnded;
    mute.destroy();
  });

  test('migrate lists the applied migrations, and reports an up-to-date database', async ({ directory }) => {
    const first = await run(['migrate'], { DATA_DIR: directory });
    expect(first.stdout).toMatch(/^Applied \d{14}_\w+(, \d{14}_\w+)*\.\n$/);
    const second = await run(['migrate'], { DATA_DIR: directory });
    expect(second.stdout).toBe('The database is up to date.\n');
    const restored = await run(['migrate', '--restored'], { DATA_DIR: directory });
    expect(restored.stdout).toContain('Started a new epoch');
  });

  test('an unreachable database is reported without its password', async () => {
    const { exit, stderr } = await run(['migrate'], {
      DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/record',
    });
    expect(exit?.code).toBe(1);
    expect(stderr).toContain('postgres://me:***@127.0.0.1:1/record');
    expect(stderr).not.toContain('secret');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('tokens are created, listed without their text, and revoked', async ({ migrated }) => {
    const env = { DATA_DIR: migrated };
    const create = (name: string, role: string) =>
      run(['token', 'create', '--name', name, '--role', role], env);
    const token = (await create('ann', 'EDITOR')).stdout.trim();
    expect(token).toMatch(/^dw_[\w-]{43}$/);
    const again = await create('ann', 'EDITOR');
    expect(again.exit?.code).toBe(1);
    expect(again.stderr).toContain('"ann"');
    expect((await create('bob', 'OWNER')).stderr).toContain('READER, CONTRIBUTOR, EDITOR, ADMIN');

    for (const day of ['2999-02-30', '2020-01-01', 'soon']) {
      const refused = await run(
        ['token', 'create', '--name', 'eve', '--role', 'READER', '--expires', day],
        env,
      );
      expect(refused.exit?.code).toBe(1);
      expect(refused.stderr).toContain('Expected a day in the future');
    }

    const list = await run(['token', 'list'], env);
    expect(list.stdout).toMatch(/^ann\tEDITOR\tcreated \d{4}-\d\d-\d\d, expires -, last used -\n$/);
    expect(list.stdout).not.toContain(token);

    await using server = await serve(env);
    const write = () =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({
          query:
            'mutation { upsertTopic(input: { slug: "one", name: "One" }) { ... on UpsertTopicSuccess { topic { slug } } } }',
        }),
      }).then((response) => response.json());
    expect(await write()).toMatchObject({ data: { upsertTopic: { topic: { slug: 'one' } } } });
    await server.end('SIGTERM');

    expect((await run(['token', 'revoke', '--name', 'ann'], env)).stdout).toBe('Revoked ann.\n');
    expect((await run(['token', 'revoke', '--name', 'ann'], env)).exit?.code).toBe(1);
    expect((await run(['token', 'list'], env)).stdout).toMatch(/revoked \d{4}-\d\d-\d\d\n$/);
  });
});

/** Opens a WebSocket whose client disappears silently: it answers no close frame. */
async function openMuteSocket(url: string) {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Protocol: ${GRAPHQL_TRANSPORT_WS_PROTOCOL}\r\n\r\n`,
  );
  await once(socket, 'data');
  socket.pause();
  socket.on('error', () => {});
  return socket;
}
