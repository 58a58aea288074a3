import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/database/open.js';
import { seedDossier } from '../../src/dossier/load.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Which database a project's tests run on. */
    database: 'embedded' | 'postgres';
    /** Directories of embedded databases to copy: making one takes seconds. */
    templates: { empty: string; dossier: string };
  }
}

/** Makes the embedded databases that the tests copy: an empty record, and one with the dossier. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  const templates = { empty: join(root, 'empty'), dossier: join(root, 'dossier') };
  for (const [name, directory] of Object.entries(templates)) {
    await using database = await openDatabase({ kind: 'embedded', directory });
    if (name === 'dossier') await seedDossier({ db: database.db, editor: 'dossier', wake: () => {} });
  }
  project.provide('templates', templates);
  return () => rm(root, { recursive: true, force: true });
}
