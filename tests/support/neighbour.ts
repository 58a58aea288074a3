import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, vi } from 'vitest';
import { createDirectory, createPostgres } from './database.js';
import { figure } from './figures.js';
import { type Environment, type Running, startNode } from './processes/processes.js';
import { ADMIN_TOKEN } from './server.js';

/** The duration of a request of the well-behaved client, or of a health check. */
interface Timing {
  /** By the clock. */
  readonly ms: number;
  /** Milliseconds in which the server's main thread had a core meanwhile: independent of the machine's other load. */
  readonly busy: number;
}

interface Sample {
  readonly answers: readonly Timing[];
  readonly checks: readonly Timing[];
}

/** The durations of one state: each round's percentile, and the median of the rounds. */
interface Figures {
  /** The 99th percentile by the clock, in milliseconds. */
  readonly ms: number;
  /** The 99th percentile of the time on a core. */
  readonly busy: number;
  /** The 99th percentile of `/health/live`, in time on a core. */
  readonly health: number;
}

export interface Comparison {
  readonly quiet: Figures;
  readonly beside: Figures;
}

interface CompareOptions {
  /** Pairs of a quiet round and one beside the attacker. */
  readonly rounds?: number;
  /** Answers to the well-behaved client in each round. */
  readonly answers?: number;
}

/** A server at default limits on a heap of 768 MB, with a well-behaved client at an address of its own, 127.0.0.2. */
export interface Neighbourhood extends AsyncDisposable {
  readonly server: Running & { readonly url: string };
  /** Undefined if the database is embedded. */
  readonly databaseUrl: string | undefined;
  /**
   * Measures the well-behaved client alternately alone and beside the attacker.
   *
   * @param attack Attacks from 127.0.0.1 until the signal aborts, then ends all that it has open and returns. An
   *   abort is no error of it.
   */
  compare(attack: (signal: AbortSignal) => Promise<void>, options?: CompareOptions): Promise<Comparison>;
  /** Returns the heap and buffers that the server holds after a garbage collection, in megabytes. */
  held(): Promise<number>;
  /** Waits until the gauges (without `doctrine_wire_`) are zero, or as given: `{ feed_subscribers: 1 }`. */
  settled(more?: Readonly<Record<string, number>>): Promise<void>;
}

/** A p99 below this is quiet enough on a shared machine, in milliseconds. */
const FLOOR = 30;
/** How long `/health/live` may take, in milliseconds. */
const PROMPT = 100;
/** What a server may hold more after an attack, in megabytes: 64 of responses, and parsed documents. */
const MORE_HELD = 160;

const QUERY = '{ developments(first: 5) { nodes { slug headline topics { name } } } }';
const IDLE = [
  ...['requests_at_work', 'requests_waiting', 'websockets_open', 'event_streams_open'],
  ...['feed_subscribers', 'feed_replaying', 'feed_buffered_bytes', 'database_waiting'],
];

/** Starts a server on the example record and its well-behaved client. Needs `npm run build`. */
export async function startNeighbourhood(
  kind: 'embedded' | 'postgres',
  env: Environment = {},
): Promise<Neighbourhood> {
  const database = kind === 'postgres' ? await createPostgres('dossier') : await createDirectory('dossier');
  const location: Environment =
    database.location.kind === 'postgres'
      ? { DATABASE_URL: database.location.url }
      : { DATA_DIR: database.location.directory };
  const preload = fileURLToPath(new URL('./hostile/collect-on-signal.js', import.meta.url));
  const NODE_OPTIONS = `--max-old-space-size=768 --import ${preload}`;
  const server = await serveAtDefaults({ ...location, NODE_OPTIONS, ...env });
  const client = new Worker(new URL('./hostile/neighbour-client.js', import.meta.url), {
    workerData: { url: server.url, pid: server.pid, localAddress: '127.0.0.2', query: QUERY },
  });
  const failed = once(client, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {}); // Reported by the next `take`.
  const take = async (): Promise<Sample> => {
    client.postMessage('take');
    const [sample] = await Promise.race([once(client, 'message'), failed]);
    return sample;
  };
  const gauge = (name: string) => figure(server, name);

  return {
    server,
    databaseUrl: location['DATABASE_URL'],
    compare: async (attack, { rounds = 3, answers = 100 } = {}) => {
      const quiet: Figures[] = [];
      const beside: Figures[] = [];
      await collect(take, answers / 3); // Warm-up.
      for (let round = 0; round < rounds; round += 1) {
        await take();
        quiet.push(figuresOf(await collect(take, answers)));
        const over = new AbortController();
        const attacking = attack(over.signal);
        try {
          await take();
          beside.push(figuresOf(await collect(take, answers)));
        } finally {
          over.abort();
          await attacking;
        }
      }
      return { quiet: medianOf(quiet), beside: medianOf(beside) };
    },
    held: async () => {
      server.child.kill('SIGUSR2');
      const text = await (await fetch(new URL('/metrics', server.url))).text();
      const bytes = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
      return (bytes('nodejs_heap_size_used_bytes') + bytes('nodejs_external_memory_bytes')) / 1024 ** 2;
    },
    settled: async (more = {}) => {
      const wanted = { ...Object.fromEntries(IDLE.map((name) => [name, 0])), ...more };
      // The client itself is at work now and then.
      for (const [name, value] of Object.entries(wanted)) {
        await vi.waitUntil(async () => (await gauge(name)) === value, { timeout: 60_000, interval: 20 });
      }
    },
    [Symbol.asyncDispose]: async () => {
      await client.terminate();
      await server[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function serveAtDefaults(env: Environment) {
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const running = startNode(main, ['serve'], { PORT: '0', ADMIN_TOKEN, GRAPHIQL: 'false', ...env });
  const listening = /^\{.*"url":"([^"]+)","msg":"listening"\}$/m;
  await vi.waitUntil(() => listening.test(running.stdout) || running.exit, { timeout: 50_000 });
  const url = listening.exec(running.stdout)?.[1];
  if (!url) throw new Error(`It ended before it listened: ${running.stdout}${running.stderr}`);
  return Object.assign(running, { url });
}

/**
 * Expects that the attacker hardly affected the client, and that nothing of the attack is left.
 *
 * @param before What `held` returned before the attack.
 */
export async function expectApart(
  neighbourhood: Neighbourhood,
  { quiet, beside }: Comparison,
  before: number,
): Promise<void> {
  await neighbourhood.settled();
  const after = await neighbourhood.held();
  const shown = ({ ms, busy, health }: Figures) =>
    `${ms.toFixed(0)} ms (${busy.toFixed(1)} on a core), health ${health.toFixed(1)} ms`;
  console.info(
    `p99 quiet ${shown(quiet)}; beside the attacker ${shown(beside)}; held ${before.toFixed(0)}, then ${after.toFixed(0)} MB`,
  );
  expect(neighbourhood.server.exit).toBeUndefined();
  expect(beside.busy).toBeLessThanOrEqual(3 * Math.max(FLOOR, quiet.busy));
  expect(beside.health).toBeLessThanOrEqual(PROMPT);
  expect(after - before).toBeLessThanOrEqual(MORE_HELD);
}

/** The most that a round takes, in milliseconds: an attack that succeeds leaves few answers. */
const ROUND = 60_000;

async function collect(take: () => Promise<Sample>, answers: number): Promise<Sample> {
  const all: { answers: Timing[]; checks: Timing[] } = { answers: [], checks: [] };
  const end = performance.now() + ROUND;
  while (all.answers.length < answers && performance.now() < end) {
    const sample = await take();
    all.answers.push(...sample.answers);
    all.checks.push(...sample.checks);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return all;
}

const figuresOf = ({ answers, checks }: Sample): Figures => ({
  ms: p99(answers.map(({ ms }) => ms)),
  busy: p99(answers.map(({ busy }) => busy)),
  health: p99(checks.map(({ busy }) => busy)),
});

const medianOf = (rounds: readonly Figures[]): Figures => ({
  ms: quantile(
    rounds.map(({ ms }) => ms),
    0.5,
  ),
  busy: quantile(
    rounds.map(({ busy }) => busy),
    0.5,
  ),
  health: quantile(
    rounds.map(({ health }) => health),
    0.5,
  ),
});

const p99 = (values: readonly number[]) => quantile(values, 0.99);

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.POSITIVE_INFINITY; // No answer at all.
}
