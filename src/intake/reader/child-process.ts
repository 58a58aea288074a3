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

/** The limit that a document exceeded. */
type Exceeded = keyof ChildLimits;

/** The process ended before it had answered, because of a limit or for a reason of its own. */
export class ChildEndedError extends Error {
  override readonly name = 'ChildEndedError';
  readonly exceeded: Exceeded | null;

  constructor(reason: string, exceeded: Exceeded | null) {
    super(`The process that reads documents has ended: ${reason}.`);
    this.exceeded = exceeded;
  }
}

/** A process that parses one document at a time. */
export interface Child {
  readonly isAlive: boolean;
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

/** Starts a process. It has no environment variables: they hold secrets, and what it parses is hostile. */
export function startChild({ timeout, maxBytes }: ChildLimits): Child {
  const child = fork(FILE, {
    env: {},
    execArgv: [`--max-old-space-size=${MAX_HEAP}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let isAlive = true;
  let isEnding = false;
  let exceeded: Exceeded | null = null;
  let hear: (answer: Answer) => void = () => {};
  const ended = new Promise<ChildEndedError>((resolve) => {
    const end = (reason: string) => {
      isAlive = false;
      resolve(new ChildEndedError(reason, exceeded));
    };
    child.once('error', ({ message }) => end(message));
    child.once('exit', (code, signal) => {
      // V8 aborts if its heap is full. Linux kills if memory runs out.
      if (!isEnding && (signal === 'SIGABRT' || signal === 'SIGKILL')) exceeded ??= 'maxBytes';
      end(signal ?? `exit code ${code}`);
    });
  });
  child.on('message', (answer: Answer) => hear(answer));
  const next = () =>
    new Promise<Answer>((resolve, reject) => {
      hear = resolve;
      void ended.then(reject);
    });
  const kill = (limit: Exceeded) => {
    exceeded ??= limit;
    child.kill('SIGKILL');
  };
  const ready = next();
  // It is awaited by the first document.
  ready.catch(() => {});

  return {
    get isAlive() {
      return isAlive;
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
      if (isAlive) hold(child);
      child.kill('SIGKILL');
      await ended;
    },
  };
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
