import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { ADMIN_TOKEN } from '../server.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

export type Environment = Record<string, string>;

/** A child process, with its output so far. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  readonly child: ChildProcess;
  stdout: string;
  stderr: string;
  /** The exit code or signal; undefined while it runs. */
  exit: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  /** Sends the signal and waits for the exit. */
  end(signal: NodeJS.Signals): Promise<NonNullable<Running['exit']>>;
}

/** Starts `node` with a script; killed at the end if it still runs. Needs `npm run build`. */
export function startNode(
  script: string,
  args: readonly string[],
  env: Environment = {},
  cwd = ROOT,
): Running {
  // Pass only the variables that node needs, so that tests control the rest.
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [script, ...args], { cwd, env: { PATH, HOME, ...env } });
  const running: Running = {
    pid: child.pid ?? 0,
    child,
    stdout: '',
    stderr: '',
    exit: undefined,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
    [Symbol.asyncDispose]: async () => {
      if (!running.exit) child.kill('SIGKILL');
      await ended;
    },
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    running.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    running.stderr += text;
  });
  const killAtExit = () => child.kill('SIGKILL'); // A test that timed out does not dispose of it.
  process.once('exit', killAtExit);
  const ended = new Promise<NonNullable<Running['exit']>>((resolve) => {
    child.once('close', (code, signal) => {
      process.off('exit', killAtExit);
      running.exit = { code, signal };
      resolve(running.exit);
    });
  });
  return running;
}

/** Runs a command of `doctrine-wire` to its end. */
export async function run(args: readonly string[], env: Environment = {}, cwd = ROOT): Promise<Running> {
  await using running = startNode(MAIN, args, env, cwd);
  await vi.waitUntil(() => running.exit, { timeout: 50_000 });
  return running;
}

/** Runs a command of `doctrine-wire` to its end, with a text or bytes on standard input. */
export async function runWith(
  input: string | Buffer,
  args: readonly string[],
  env: Environment = {},
): Promise<Running> {
  await using running = startNode(MAIN, args, env);
  running.child.stdin?.on('error', () => {}).end(input); // A command may end before it has read everything.
  await vi.waitUntil(() => running.exit, { timeout: 50_000 });
  return running;
}

/** High limits, because many test clients share one address and write a lot. */
const CROWDED = {
  MAX_SOCKETS_PER_ADDRESS: '100000',
  BUDGET_PER_MINUTE: '2000000000',
  MAX_SUBSCRIPTION_BYTES: '1073741824',
  MAX_REQUESTS_PER_CLIENT: '100000',
  BUDGET_SECONDS_PER_MINUTE: '6000',
};

/** Starts `doctrine-wire serve` on a free port and waits until it listens. */
export async function serve(env: Environment): Promise<Running & { url: string; startTime: number }> {
  const started = performance.now();
  const running = startNode(MAIN, ['serve'], { PORT: '0', SEED: 'none', ADMIN_TOKEN, ...CROWDED, ...env });
  const listening = /^\{.*"url":"([^"]+)","msg":"listening"\}$/m;
  await vi.waitUntil(() => listening.test(running.stdout) || running.exit, { timeout: 50_000 });
  const url = listening.exec(running.stdout)?.[1];
  if (!url) throw new Error(`It ended before it listened: ${running.stdout}${running.stderr}`);
  return Object.assign(running, { url, startTime: performance.now() - started });
}

/** Posts a GraphQL request as the administrator and returns its data. */
export async function post(url: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: object; errors?: object[] };
  if (errors || !data) throw new Error(`The request failed: ${JSON.stringify(errors)}`);
  return data;
}
