import { type ChildProcess, fork } from 'node:child_process';

/** A child process that answers calls. It is killed at the end, and with this process. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** Everything that it has written to stdout. */
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
  /** For node itself. */
  readonly flags?: readonly string[];
  /** The node to run it with; this one, where left out. */
  readonly node?: string | undefined;
}

/** Forks a script, a file: URL, with nothing of this process's environment but what node needs. */
export function startChild(
  script: URL,
  { args = [], env = {}, flags = [], node = process.execPath }: ChildOptions = {},
): Child {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(script, args, {
    execPath: node,
    env: { PATH, HOME, ...env },
    execArgv: ['--expose-gc', ...flags],
    detached: true, // Ctrl+C is for this process, which ends its children in order.
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

/** In a child: answers the parent's calls. */
export function answerCalls(methods: Record<string, (params: never) => unknown>): void {
  process.once('disconnect', () => process.exit()); // The parent is gone.
  process.on('message', async ({ call, method, params }: { call: number; method: string; params: never }) => {
    try {
      const work = methods[method];
      if (!work) return; // For another listener.
      process.send?.({ call, result: await work(params) });
    } catch (error) {
      process.send?.({
        call,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  });
}
