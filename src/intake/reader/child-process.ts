import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Document } from './documents.js';
import { readResidentBytes } from './resident-bytes.js';

export interface ChildLimits {
  /** How long a document may take, in milliseconds. Starting the process does not count. */
  readonly timeout: number;
  /** The most memory of the process, in bytes. Checked on Linux only; the heap of JavaScript has its own limit everywhere. */
  readonly maxBytes: number;
}

/**
 * Why a process ended: a limit that a document exceeded, no memory (its heap is full, or the system's memory), it did not
 * start, or another reason.
 */
type Reason = keyof ChildLimits | 'memory' | 'start' | 'other';

/** The process ended before it had answered. */
export class ChildEndedError extends Error {
  override readonly name = 'ChildEndedError';
  readonly reason: Reason;

  constructor(how: string, reason: Reason) {
    super(`The process that reads documents has ended: ${how}.`);
    this.reason = reason;
  }
}

/** A process that parses one document at a time. */
export interface Child {
  readonly isAlive: boolean;
  /** Whether it has answered a document. */
  readonly hasAnswered: boolean;
  /** @throws {ChildEndedError} The process has ended. Start another. */
  parse(document: Document): Promise<Answer>;
  /** Resolves once the process has ended. */
  end(): Promise<void>;
}

// Tests run the sources, but a process needs the built file.
const FILE = fileURLToPath(new URL('../../../dist/intake/reader/child.js', import.meta.url));
/** The heap of JavaScript, in MB. The largest documents that are read need 150. */
const MAX_HEAP = 256;
/** How often the memory of the process is checked, in milliseconds. */
const CHECK = 50;
/** How long the process may take to start, in milliseconds. */
const START = 30_000;

/** Starts a process. It has no environment variables: they hold secrets, and what it parses is hostile. */
export function startChild({ timeout, maxBytes }: ChildLimits): Child {
  const child = fork(FILE, {
    env: {},
    execArgv: [`--max-old-space-size=${MAX_HEAP}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let isReady = false;
  let hasAnswered = false;
  let isEnding = false;
  let exceeded: keyof ChildLimits | undefined;
  let ended: ChildEndedError | undefined;
  /** Who waits for the next answer. Cleared with the answer, so that no document is kept. */
  let waiting: { resolve(answer: Answer): void; reject(error: ChildEndedError): void } | undefined;
  const { promise: exited, resolve: exit } = settledLater();

  const next = () =>
    new Promise<Answer>((resolve, reject) => {
      if (ended) reject(ended);
      else waiting = { resolve, reject };
    });
  const end = (how: string, reason: Reason) => {
    if (ended) return;
    ended = new ChildEndedError(how, exceeded ?? (isReady ? reason : 'start'));
    clearTimeout(starting);
    waiting?.reject(ended);
    waiting = undefined;
    exit();
  };
  const kill = (limit: keyof ChildLimits) => {
    exceeded ??= limit;
    child.kill('SIGKILL');
  };
  const starting = setTimeout(() => {
    end(`it did not start within ${START / 1_000} s`, 'start');
    child.kill('SIGKILL');
  }, START);
  starting.unref();

  // Also if a signal cannot be sent: `end` comes first, so that a second error changes nothing.
  child.on('error', ({ message }) => {
    if (ended) return;
    end(message, 'other');
    child.kill('SIGKILL');
  });
  child.once('exit', (code, signal) => {
    // V8 aborts if its heap is full. Linux kills if memory runs out.
    const isMemory = !isEnding && (signal === 'SIGABRT' || signal === 'SIGKILL');
    end(signal ?? `exit code ${code}`, isMemory ? 'memory' : 'other');
  });
  child.on('message', (answer: Answer) => {
    if (answer.kind === 'ready') {
      isReady = true;
      clearTimeout(starting);
    } else hasAnswered = true;
    const answered = waiting;
    waiting = undefined;
    answered?.resolve(answer);
  });
  const ready = next();
  // It is awaited by the first document.
  ready.catch(() => {});

  return {
    get isAlive() {
      return ended === undefined;
    },
    get hasAnswered() {
      return hasAnswered;
    },
    async parse(document) {
      hold(child);
      try {
        await ready;
        const answer = next();
        const timer = setTimeout(() => kill('timeout'), timeout);
        const check = setInterval(() => {
          if (readResidentBytes(child.pid) > maxBytes) kill('maxBytes');
        }, CHECK);
        try {
          // An error means that the process has ended, which `answer` says too.
          child.send(document, () => {});
          return await answer;
        } finally {
          clearTimeout(timer);
          clearInterval(check);
        }
      } finally {
        release(child);
      }
    },
    async end() {
      isEnding = true;
      // Otherwise a command that has nothing else to do would end here, with an error.
      if (!ended) hold(child);
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function settledLater(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Keeps this process alive while the child works, and not while it is idle. */
function hold(child: ChildProcess) {
  child.ref();
  child.channel?.ref();
}

function release(child: ChildProcess) {
  child.unref();
  child.channel?.unref();
}
