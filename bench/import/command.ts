import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { RowsFile } from './files.js';

/** The time and memory of `doctrine-wire import`. */
export interface Took {
  readonly seconds: number;
  /** Peak memory in bytes. */
  readonly memory: number;
}

const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;

/**
 * Runs the command on each file, one after the other.
 *
 * @throws {Error} If it refuses a file, with its output.
 */
export async function importAll(files: readonly RowsFile[], env: Record<string, string>): Promise<Took> {
  let seconds = 0;
  let memory = 0;
  for (const file of files) {
    const took = await importOne(file, env);
    seconds += took.seconds;
    memory = Math.max(memory, took.memory);
  }
  return { seconds, memory };
}

async function importOne({ file, mapping }: RowsFile, env: Record<string, string>): Promise<Took> {
  const { PATH = '', HOME = '' } = process.env;
  const start = performance.now();
  const child = spawn(process.execPath, [MAIN, 'import', file, '--map', mapping], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  }
  let memory = 0;
  // The kernel drops it with the process, so the last reading before the end counts.
  const looking = setInterval(async () => {
    memory = Math.max(memory, await peakMemory(child.pid ?? 0));
  }, 100);
  const [code] = await once(child, 'close');
  clearInterval(looking);
  if (code !== 0) throw new Error(`doctrine-wire import ended with ${code}: ${said}`);
  return { seconds: (performance.now() - start) / 1_000, memory };
}

/** Returns the process's peak resident size in bytes; 0 after it has ended. */
async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024;
}
