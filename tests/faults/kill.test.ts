import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killAgainAndAgain, report } from './kill.js';

test('loses no acknowledged write through twenty kill -9 during 50 writes a second', {
  timeout: 900_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  try {
    const killed = await killAgainAndAgain({ kind: 'embedded', directory }, { DATA_DIR: directory }, 20);
    report(killed);
    expect(killed.acknowledged).toBeGreaterThan(200);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
