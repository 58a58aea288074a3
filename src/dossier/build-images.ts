import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areImagesCurrent, packImages, writeImageKeys } from '../database/embedded/image.js';
import { openDatabase } from '../database/open.js';
import { seedDossier } from './load.js';

// The last step of the build: makes the images of new embedded records, unless dist/ has current ones.
if (!(await areImagesCurrent())) {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-images-'));
  try {
    await packImages(join(directory, 'postgres'), async (name) => {
      await using database = await openDatabase({ kind: 'embedded', directory }, { image: 'initialise' });
      if (name === 'dossier') await seedDossier({ db: database.db, editor: 'dossier', wake: () => {} });
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
await writeImageKeys();
