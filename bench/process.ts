import { type ChildProcess, fork } from 'node:child_process';

/** A child process that answers calls. It is killed on disposal, and with this process. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** Everything written to stdout so far. */
  readonly stdout: string;
  call<T = void>(method: string, params?: unknown): Promise<T>;
}

interface Answer {
  readonly call: number;
  readonly result?: unknown;
  readonly error?: string;
}

export interface ChildOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Flags for node. */
  readonly flags?: readonly string[];
  /** The node binary. Default: this one. */
  readonly node?: string | undefined;
}

/** Forks a script (a file: URL) with only the environment that node needs. */
export function startChild(
  script: URL,
  { args = [], env = {}, flags = [], node = process.execPath }: ChildOptions = {},
): Child {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(script, args, {
    execPath: node,
    env: { PATH, HOME, ...env },
    execArgv: ['--expose-gc', ...flags],
    detached: true, // Keeps Ctrl+C from the child: this process ends its children in order.
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const calls = new Map<number, (answer: Answer) => void>();
  let made = 0;
  let isOver = false;
  const ended = endOf(child).then((how) => {
    isOver = true;
    process.off('exit', kill);
    for (const [call, settle] of calls)
      settle({ call, error: `${script.pathname} ended (${how}). ${stdout}` });
  });
  child.on('message', (answer: Answer) => calls.get(answer.call)?.(answer));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  return {
    pid: child.pid ?? 0,
    get stdout() {
      return stdout;
    },
    call: <T>(method: string, params?: unknown) =>
      new Promise<T>((resolve, reject) => {
        if (isOver) return reject(new Error(`${script.pathname} has ended. ${stdout}`));
        made += 1;
        calls.set(made, ({ call, result, error }) => {
          calls.delete(call);
          if (error === undefined) resolve(result as T);
          else reject(new Error(error));
        });
        child.send({ call: made, method, params });
      }),
    [Symbol.asyncDispose]: async () => {
      const giveUp = setTimeout(kill, 15_000);
      if (!isOver) child.kill('SIGTERM');
      await ended;
      clearTimeout(giveUp);
    },
  };
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`${code ?? signal}`));
  });

/** Answers the parent's calls, in the child. */
export function answerCalls(methods: Record<string, (params: never) => unknown>): void {
  process.once('disconnect', () => process.exit()); // The parent has exited.
  process.on('message', async ({ call, method, params }: { call: number; method: string; params: never }) => {
    try {
      const work = methods[method];
      if (!work) return; // Handled by another listener.
      process.send?.({ call, result: await work(params) });
    } catch (error) {
      process.send?.({
        call,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  });
}
