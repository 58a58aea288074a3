import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type DatabaseLocation, openDatabase } from '../../src/database/open.js';
import { seedDossier } from '../../src/dossier/load.js';
import { addressOf, findServer, newName, onServer } from './postgres.js';

/** What a test's database has in it from the start: a record of nothing, or the dossier's. */
export type Seed = 'empty' | 'dossier';

const SEEDS: readonly Seed[] = ['empty', 'dossier'];

declare module 'vitest' {
  export interface ProvidedContext {
    /** Which database a project's tests run on. */
    database: 'embedded' | 'postgres';
    /** Directories of embedded databases to copy: making one takes seconds. */
    templates: Record<Seed, string>;
    /** Names of databases on the PostgreSQL server to copy; undefined where there is no server. */
    serverTemplates: Record<Seed, string> | undefined;
  }
}

/** Makes the databases that the tests copy: an empty record, and one with the dossier. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  const templates = { empty: join(root, 'empty'), dossier: join(root, 'dossier') };
  for (const seed of SEEDS) await fill({ kind: 'embedded', directory: templates[seed] }, seed);
  project.provide('templates', templates);
  const hasServer = project.config.provide.database === 'postgres' && !(await findServer());
  const serverTemplates = hasServer
    ? { empty: newName('template'), dossier: newName('template') }
    : undefined;
  const names = serverTemplates ? SEEDS.map((seed) => [seed, serverTemplates[seed]] as const) : [];
  for (const [seed, name] of names) {
    await onServer(`CREATE DATABASE ${name}`);
    await fill({ kind: 'postgres', url: addressOf(name), poolSize: 2 }, seed);
  }
  project.provide('serverTemplates', serverTemplates);
  return async () => {
    for (const [, name] of names) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    await rm(root, { recursive: true, force: true });
  };
}

async function fill(location: DatabaseLocation, seed: Seed): Promise<void> {
  await using database = await openDatabase(location);
  if (seed === 'dossier') await seedDossier({ db: database.db, editor: 'dossier', wake: () => {} });
}
