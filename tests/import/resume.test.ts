import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { killAndResume } from './interrupted.js';

test('a killed import resumes after its last block, without losing or duplicating rows', {
  timeout: 900_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  try {
    await killAndResume({ kind: 'embedded', directory }, { DATA_DIR: directory });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
