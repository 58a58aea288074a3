import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type DatabaseLocation, openDatabase } from '../../src/database/open.js';
import { expectVerified } from '../support/expect-verified.js';
import { type Environment, run, startNode } from '../support/processes/processes.js';
import { speeches } from './fixture.js';

const MAIN = 'dist/main.js';
const ROWS = 12_000;

/** Expects one development and one feed entry for each row, in their order, and one for each reference. */
async function expectWhole(location: DatabaseLocation): Promise<void> {
  await using opened = await openDatabase(location);
  const entries = await opened.db.$queryRaw<{ position: bigint; value: string }[]>`
    SELECT entry.position, external_id.value FROM feed_entry AS entry
    JOIN external_id ON external_id.development_id = entry.development_id ORDER BY entry.position`;
  const references = await opened.db.referenceRevision.count();
  expect(await opened.db.feedEntry.count()).toBe(ROWS + references); // verify finds gaps between positions.
  expect(entries.map(({ value }) => value)).toEqual(Array.from({ length: ROWS }, (_, index) => `r${index}`));
  expect(await opened.db.development.count()).toBe(ROWS);
  expect(await opened.db.source.count()).toBe(ROWS / 4);
  expect(await opened.db.actor.count()).toBe(50);
  await expectVerified(opened.db);
}

/** Kills an import after some of its blocks, and resumes it. */
export async function killAndResume(location: DatabaseLocation, env: Environment): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-import-'));
  try {
    const file = join(directory, 'rows.ndjson');
    const map = join(directory, 'map.yaml');
    const row = (index: number, title = `Row ${index}`) =>
      JSON.stringify({
        id: `r${index}`,
        title,
        day: '2022-03-01',
        speakers: `Speaker ${index % 50}`,
        url: `https://example.org/${Math.floor(index / 4)}`,
      });
    const lines = Array.from({ length: ROWS }, (_, index) => row(index));
    await writeFile(file, `${lines.join('\n')}\n`);
    await writeFile(map, speeches());
    const args = ['import', file, '--map', map];
    {
      await using importing = startNode(MAIN, args, env);
      // The progress shows that one block is committed. Others are still to come.
      await vi.waitUntil(() => /^writing: /m.test(importing.stderr) || importing.exit, { timeout: 120_000 });
      expect(await importing.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    }
    const reached = await reachedIn(location);
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(ROWS);

    // Other files cannot resume the import.
    const other = join(directory, 'other.ndjson');
    await writeFile(other, `${lines.with(0, row(0, 'Another title')).join('\n')}\n`);
    const refused = await run(['import', other, '--map', map, '--resume'], env);
    expect(refused.exit?.code).toBe(1);
    expect(refused.stderr).toContain('the files hold something else');

    await using resumed = startNode(MAIN, [...args, '--resume'], env);
    await vi.waitUntil(() => resumed.exit, { timeout: 300_000 });
    expect(resumed.stderr).not.toContain('Error');
    expect(resumed.exit).toEqual({ code: 0, signal: null });
    expect(resumed.stdout).toContain(`${ROWS} read, ${ROWS} recorded, 0 already there, 0 bad`);
    expect(resumed.stdout).toContain(`Resumed after ${reached} rows.`);
    await expectWhole(location);

    const again = await run([...args, '--resume'], env);
    expect(again.stdout).toContain(`${ROWS} read, ${ROWS} recorded`);
    await expectWhole(location);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function reachedIn(location: DatabaseLocation): Promise<number> {
  await using opened = await openDatabase(location);
  const { rows } = await opened.db.importProgress.findUniqueOrThrow({ where: { dataset: 'speeches' } });
  expect(await opened.db.development.count()).toBe(rows);
  return rows;
}
