import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { killAndResume } from './interrupted.js';

test('an import that was killed goes on where its last block ended, and nothing is lost or doubled', {
  timeout: 900_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  try {
    await killAndResume({ kind: 'embedded', directory }, { DATA_DIR: directory });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
