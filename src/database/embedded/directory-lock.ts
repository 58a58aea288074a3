import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryLockedError } from '../errors.js';

/**
 * Locks a directory for this process. PGlite lets two processes write to one directory and silently loses rows.
 *
 * Lock files are numbered `lock.1`, `lock.2`, …. The living process that created the highest number holds the lock. A
 * process takes a number by a hard link, which fails if it exists, and only lower numbers are ever deleted. So if two
 * processes find the same dead holder, one takes the next number. A latecomer with a lower number sees the higher one
 * and gives up its own.
 *
 * A holder is identified by process id and start time. Both must be visible, so the lock does not work between
 * containers or machines that share a directory.
 *
 * @throws {DataDirectoryLockedError} If another living process holds the directory.
 */
export async function lockDirectory(directory: string): Promise<AsyncDisposable> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const own = JSON.stringify({ pid: process.pid, started: await startTime(process.pid), at: Date.now() });
  const draft = join(directory, `lock.${process.pid}.${Math.random().toString(36).slice(2)}.draft`);
  await writeFile(draft, own);
  try {
    for (;;) {
      const highest = Math.max(0, ...(await numbers(directory)));
      if (highest > 0) await refuseIfHeld(directory, highest);
      const mine = highest + 1;
      if (!(await take(draft, file(directory, mine)))) continue;
      const later = (await numbers(directory)).filter((number) => number > mine);
      if (later.length > 0) {
        await rm(file(directory, mine), { force: true });
        continue;
      }
      await removeBelow(directory, mine);
      // On a full disk it fails. The lock of an ended process holds nobody up.
      return { [Symbol.asyncDispose]: () => writeFile(file(directory, mine), '{}').catch(() => {}) };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

const file = (directory: string, number: number) => join(directory, `lock.${number}`);

async function numbers(directory: string): Promise<number[]> {
  const names = await readdir(directory);
  return names.map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0)).filter((number) => number > 0);
}

async function take(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function refuseIfHeld(directory: string, number: number): Promise<void> {
  const holder = await readHolder(file(directory, number));
  if (holder?.pid === undefined) return;
  const alive = isAlive(holder.pid) && (await startTime(holder.pid)) === holder.started;
  if (alive) throw new DataDirectoryLockedError(directory, holder.pid);
}

async function readHolder(path: string): Promise<{ pid?: number; started?: string | null } | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined; // Deleted meanwhile or truncated by a crash, so nobody holds it.
  }
}

async function removeBelow(directory: string, number: number): Promise<void> {
  const lower = (await numbers(directory)).filter((other) => other < number);
  await Promise.all(lower.map((other) => rm(file(directory, other), { force: true })));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Returns the clock ticks from boot to the process's start; null on systems other than Linux. */
async function startTime(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
