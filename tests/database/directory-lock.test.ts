import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, describe, expect, vi } from 'vitest';
import { lockDirectory } from '../../src/database/embedded/directory-lock.js';
import { DataDirectoryLockedError } from '../../src/database/errors.js';
import { type Running, startNode } from '../support/processes/processes.js';

const SCRIPT = fileURLToPath(new URL('../support/processes/hold-lock.js', import.meta.url));

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  directory: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
    await use(directory);
    await rm(directory, { recursive: true });
  },
});

/** Gives the process a command and returns its answer. */
async function ask(process: Running, command: 'lock' | 'release'): Promise<string> {
  const before = process.stdout.length;
  process.child.stdin?.write(`${command}\n`);
  await vi.waitUntil(() => process.stdout.endsWith('\n') && process.stdout.length > before, 30_000);
  return process.stdout.slice(before).trim();
}

describe('the lock of a data directory', () => {
  test('is refused to a second process, naming the id of the first', async ({ directory }) => {
    await using first = startNode(SCRIPT, [directory]);
    await using second = startNode(SCRIPT, [directory]);
    expect(await ask(first, 'lock')).toBe('locked');
    expect(await ask(second, 'lock')).toBe(`refused, held by ${first.pid}`);
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      pid: first.pid,
      directory,
      message: expect.stringContaining(`in use by process ${first.pid}`),
    });
    expect(await ask(first, 'release')).toBe('released');
    expect(await ask(second, 'lock')).toBe('locked');
  });

  test('does not outlive a killed process', async ({ directory }) => {
    for (let round = 0; round < 3; round += 1) {
      await using holder = startNode(SCRIPT, [directory]);
      expect(await ask(holder, 'lock')).toBe('locked');
      await holder.end('SIGKILL');
    }
    await using _ = await lockDirectory(directory);
  });

  test('is not held by another process that reuses the id of a dead holder', async ({ directory }) => {
    // This process's id, as if the system had reused it after the holder died.
    await writeFile(join(directory, 'lock.1'), JSON.stringify({ pid: process.pid, started: '1', at: 0 }));
    await using _ = await lockDirectory(directory);
  });

  for (const content of ['', '{"pid":', 'null', '[]', '{"pid":"1"}', '{"pid":-1}', '{"pid":0}']) {
    test(`is not held by a lock file that contains ${JSON.stringify(content)}`, async ({ directory }) => {
      await writeFile(join(directory, 'lock.7'), content);
      await using _ = await lockDirectory(directory);
    });
  }

  test('can be released and taken again within one process, but not held twice', async ({ directory }) => {
    for (let round = 0; round < 3; round += 1) {
      const lock = await lockDirectory(directory);
      await expect(lockDirectory(directory)).rejects.toThrow(DataDirectoryLockedError);
      await lock[Symbol.asyncDispose]();
    }
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(directory)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(directory)).toHaveLength(1);
  });

  test('goes to exactly one of ten processes that race for a stale lock', async ({ directory }) => {
    const processes = Array.from({ length: 10 }, () => startNode(SCRIPT, [directory]));
    const alive = new Set(processes);
    try {
      // Each round kills the holder, so the next round finds a stale lock with a higher number.
      for (let round = 0; round < 6; round += 1) {
        const racing = [...alive];
        const answers = await Promise.all(racing.map((process) => ask(process, 'lock')));
        const holders = racing.filter((_, index) => answers[index] === 'locked');
        expect(holders).toHaveLength(1);
        const [holder] = holders;
        expect(answers.filter((answer) => answer === `refused, held by ${holder?.pid}`)).toHaveLength(
          racing.length - 1,
        );
        await holder?.end('SIGKILL');
        if (holder) alive.delete(holder);
      }
    } finally {
      await Promise.all(processes.map((process) => process[Symbol.asyncDispose]()));
    }
  });
});
