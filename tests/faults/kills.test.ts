import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { decodeCursor } from '../../src/feed/cursor.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { startNode } from '../support/processes/processes.js';
import { check, type LogLine } from './checker.js';
import { follow, stop } from './follower.js';
import { overEventStream, overWebSocket } from './lines.js';
import { expectNoFault, headOf, readLog, settle, startInstance, startPair } from './record.js';
import { startWriters } from './writers.js';

const KILLS = 4;
const CLIENT_KILLS = 10;
const CLIENT = fileURLToPath(new URL('./client-process.js', import.meta.url));

const upTo = (most: number) => 1 + Math.floor(Math.random() * most);

describeWithDatabase('kill -9', () => {
  test('of an instance during writes loses nothing for subscribers that switch to the other one', async () => {
    await using database = await createPostgres();
    const { url: databaseUrl } = database.location;
    await using pair = await startPair({ DATABASE_URL: databaseUrl });
    const { one, addresses, urlAt } = pair;
    const after = await headOf(one.url);
    const followers = Array.from({ length: 8 }, (_, index) =>
      follow({
        after,
        open: index % 4 === 3 ? overEventStream : overWebSocket,
        url: (connection) => urlAt(index + connection),
      }),
    );
    try {
      await using writers = startWriters({ url: urlAt });
      for (let kill = 0; kill < KILLS; kill += 1) {
        const enough = writers.acknowledged.length + 10 + upTo(40);
        await vi.waitUntil(() => writers.acknowledged.length >= enough, { timeout: 60_000, interval: 1 });
        const victim = addresses[kill % 2];
        await victim?.end('SIGKILL');
        await victim?.start();
      }
      const verdict = await settle({ databaseUrl, url: one.url, writers: [writers], followers });
      expectNoFault(
        `kill -9 of an instance, ${KILLS} times`,
        verdict,
        `${writers.retries} writes sent again with their key`,
      );
      expect(followers.map(({ resets }) => resets)).toEqual(followers.map(() => 0));
    } finally {
      await stop(followers);
    }
  });

  test('of a client makes it repeat at most the item it was working on', async () => {
    await using database = await createPostgres();
    const { url: databaseUrl } = database.location;
    await using server = await startInstance({ DATABASE_URL: databaseUrl });
    const { url } = server;
    const after = await headOf(url);
    await using writers = startWriters({ url: () => url, pause: 20 });
    const clients = ['websocket', 'sse'].map((transport) => ({ url, transport, after }));
    await using directories = await makeDirectories(clients.length);
    const runs = clients.map((client, index) => ({ ...client, directory: directories.paths[index] ?? '' }));
    await Promise.all(runs.map(killAgainAndAgain));
    await writers.finish();
    await Promise.all(runs.map((client) => handle(client, writers.acknowledged.length)));
    const handled = await Promise.all(
      runs.map(async ({ directory }) => withoutInHand(await readRuns(directory))),
    );
    const log = await readLog(databaseUrl);
    const { acknowledged } = writers;
    const verdict = check({ acknowledged, log, received: handled.map(({ received }) => received) });
    const again = handled.reduce((sum, { handledAgain }) => sum + handledAgain, 0);
    expectNoFault(
      `kill -9 of a client, ${CLIENT_KILLS} times over each transport`,
      verdict,
      `${again} items that were in hand were handled again`,
    );
  });
});

interface Client {
  readonly url: string;
  readonly transport: string;
  readonly after: string;
  readonly directory: string;
}

const start = ({ url, directory, transport, after }: Client) =>
  startNode(CLIENT, [url, directory, transport, after]);

/** Repeatedly kills the client after it has handled some items, whatever it is doing. */
async function killAgainAndAgain(options: Client): Promise<void> {
  const count = async () => (await readRuns(options.directory)).flat().length;
  for (let kill = 0; kill < CLIENT_KILLS; kill += 1) {
    await using client = start(options);
    const enough = (await count()) + upTo(20);
    const isEnough = async () => client.exit ?? (await count()) >= enough;
    await vi.waitUntil(isEnough, { timeout: 60_000, interval: 1 });
    expect(client.exit, client.stderr).toBeUndefined();
    await client.end('SIGKILL');
  }
}

/** Runs the client until it has handled enough items. Gives up silently: the checker reports what is missing. */
async function handle(options: Client, last: number): Promise<void> {
  await using client = start(options);
  const isWhole = async () =>
    new Set((await readRuns(options.directory)).flat().map(({ slug }) => slug)).size >= last;
  await vi.waitUntil(isWhole, { timeout: 30_000 }).catch(() => {});
  await client.end('SIGKILL');
}

async function makeDirectories(count: number) {
  const root = await mkdtemp(join(tmpdir(), 'doctrine-wire-client-'));
  const paths = Array.from({ length: count }, (_, index) => join(root, String(index)));
  await Promise.all(paths.map((path) => mkdir(path)));
  return { paths, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

/** Returns the items that the client handled, by process. */
async function readRuns(directory: string): Promise<LogLine[][]> {
  const text = await readFile(join(directory, 'handled'), 'utf8').catch(() => '');
  const runs: LogLine[][] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    if (line === 'reset') throw new Error('The client was told to start over.');
    const [cursor = '', slug = ''] = line.split(' ');
    if (line === 'start') runs.push([]);
    else runs.at(-1)?.push({ position: decodeCursor(cursor).position, slug });
  }
  return runs;
}

/** Drops a process's first item if an earlier process handled it last. */
function withoutInHand(runs: readonly LogLine[][]): { received: LogLine[]; handledAgain: number } {
  const received: LogLine[] = [];
  let handledAgain = 0;
  for (const run of runs) {
    const isAgain = run.length > 0 && run[0]?.position === received.at(-1)?.position;
    if (isAgain) handledAgain += 1;
    received.push(...run.slice(isAgain ? 1 : 0));
  }
  return { received, handledAgain };
}
