import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { CITED, MAKE_SOURCE } from '../support/example-source.js';
import { post, run, serve } from '../support/processes/processes.js';

const execute = promisify(execFile);
const MB = 1024 ** 2;
const RECORD = `mutation ($input: RecordStatementInput!) {
  recordStatement(input: $input) { __typename ... on RecordStatementSuccess { development { slug } } }
}`;
/**
 * 2 KB of random text, which compresses little. The first segment of PostgreSQL's log has room for some dozens: how much
 * is left of it depends on the image that the record begins with.
 */
const QUOTATION = randomBytes(1_500).toString('base64');

/** A small file system of its own. */
async function mountDisk() {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-disk-'));
  await execute('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', directory]);
  const fill = join(directory, 'fill');
  return {
    data: join(directory, 'data'),
    /** Leaves so many bytes free. */
    leave: async (bytes: number) => {
      const { bavail, bsize } = await statfs(directory);
      await writeFile(fill, Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
    },
    free: () => rm(fill, { force: true }),
    remount: (mode: 'ro' | 'rw') => execute('mount', ['-o', `remount,${mode}`, directory]),
    [Symbol.asyncDispose]: async () => {
      await execute('umount', ['-l', directory]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Mounting takes the rights of root, and of a machine of its own: many containers do not have them. */
async function canMount(): Promise<boolean> {
  try {
    await using _disk = await mountDisk();
    return true;
  } catch (error) {
    console.warn(`No file system can be mounted (${error}). The tests of full disks are skipped.`);
    return false;
  }
}

/** Expects a refusal to start: one sentence for the operator, or two, and no stack. */
async function expectRefusal(data: string, reason: RegExp): Promise<void> {
  const { exit, stderr } = await run(['serve'], { DATA_DIR: data, PORT: '0', SEED: 'none' });
  expect(exit?.code).toBe(1);
  expect(stderr).toMatch(reason);
  expect(stderr.trim().split('\n')).toHaveLength(1);
}

describe.skipIf(!(await canMount()))('the disk of the embedded database', () => {
  test('ends the server when it is full, and the next one has every acknowledged write', async () => {
    await using disk = await mountDisk();
    const env = { DATA_DIR: disk.data, SEED: 'none', GRAPHIQL: 'false' };
    const acknowledged: string[] = [];
    {
      await using server = await serve(env);
      await post(server.url, MAKE_SOURCE);
      await disk.leave(12 * MB); // Less than a segment of PostgreSQL's log.
      while (!server.exit) {
        const slug = `write-${acknowledged.length}`;
        const input = {
          slug,
          headline: slug,
          occurred: '2026',
          quotation: QUOTATION,
          publish: true,
          ...CITED,
        };
        try {
          await post(server.url, RECORD, { input });
          acknowledged.push(slug);
        } catch {
          await vi.waitUntil(() => server.exit, { timeout: 60_000 });
        }
      }
      expect(server.exit).toEqual({ code: 1, signal: null });
      expect(server.stderr).toMatch(
        /^The embedded database has failed: .*No space left on device. See that its disk has room .*\n$/,
      );
    }
    await expectRefusal(disk.data, /^The disk of the data directory .* is full: \d+ MB are free, and .*\n$/);
    await disk.free();
    await using server = await serve(env);
    const found: string[] = [];
    for (const slug of acknowledged) {
      const { development } = await post(server.url, `{ development(slug: "${slug}") { slug } }`);
      if (development) found.push(development.slug);
    }
    expect(found).toEqual(acknowledged);
    expect(acknowledged.length).toBeGreaterThan(10);
    await post(
      server.url,
      'mutation { upsertTopic(input: { slug: "after", name: "After" }) { __typename } }',
    );
    process.stdout.write(`a full disk: ${acknowledged.length} writes acknowledged, all found again\n`);
  });

  test('refuses a start with one sentence when it is read-only', async () => {
    await using disk = await mountDisk();
    await disk.remount('ro');
    await expectRefusal(disk.data, /cannot be written: .*\((EROFS|ENOENT)\)/);
    await disk.remount('rw');
    {
      await using _server = await serve({ DATA_DIR: disk.data, SEED: 'none', GRAPHIQL: 'false' });
    }
    await disk.remount('ro');
    await expectRefusal(disk.data, /its file system is read-only \(EROFS\)/);
  });
});

test('a data directory that is a file refuses a start with one sentence', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-file-'));
  try {
    const file = join(directory, 'data');
    await writeFile(file, '');
    await expectRefusal(file, /there is a file with this name/);
    await expectRefusal(join(file, 'below'), /a part of its path is a file/);
  } finally {
    await rm(directory, { recursive: true });
  }
});
