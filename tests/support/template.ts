import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { areImagesCurrent, markUsed, unpackImage } from '../../src/database/embedded/image.js';
import { type DatabaseLocation, openDatabase } from '../../src/database/open.js';
import { seedDossier } from '../../src/dossier/load.js';
import { addressOf, findServer, newName, newRun, onServer } from './processes/postgres.js';
import { readAsTar } from './processes/tar.js';

/** The initial content of a test database: nothing, or the dossier. */
export type Seed = 'empty' | 'dossier';

const SEEDS: readonly Seed[] = ['empty', 'dossier'];

/** A migrated and seeded embedded database. */
export interface Template {
  /** The data directory of a server process. Copy it before use. */
  readonly directory: string;
  /** The same as a tar file, to be loaded into an instance in memory. */
  readonly dump: string;
}

type ServerTemplates = Record<Seed, string> & {
  /** The prefix that the names of all databases of this run share. */
  readonly run: string;
};

declare module 'vitest' {
  export interface ProvidedContext {
    /** The database that a project's tests run on. */
    database: 'embedded' | 'postgres';
    templates: Record<Seed, Template>;
    /** Databases on the PostgreSQL server to copy, by name; undefined without a server. */
    serverTemplates: ServerTemplates | undefined;
  }
}

/**
 * Makes the databases that the tests copy, once for all projects of a run: from the images of the build, or slowly if
 * the code has changed since.
 */
export default async function setup(root: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  root.provide('templates', await makeTemplates(folder));
  const needsServer = root.vitest.projects.some(({ config }) => config.provide.database === 'postgres');
  const hasServer = needsServer && (await findServer()) === undefined;
  const serverTemplates = hasServer ? await makeServerTemplates() : undefined;
  root.provide('serverTemplates', serverTemplates);
  return async () => {
    if (serverTemplates) await dropDatabases(serverTemplates.run);
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeTemplates(folder: string): Promise<Record<Seed, Template>> {
  const templates = { empty: templateIn(folder, 'empty'), dossier: templateIn(folder, 'dossier') };
  const isBuilt = await areImagesCurrent();
  for (const seed of SEEDS) {
    const { directory, dump } = templates[seed];
    const postgres = join(directory, 'postgres');
    if (isBuilt) {
      await mkdir(directory);
      await unpackImage(seed === 'empty' ? 'none' : seed, postgres);
      await markUsed(postgres);
    } else {
      // Initialising a cluster takes seconds, so the second template starts as a copy of the first.
      if (seed !== 'empty') await cp(templates.empty.directory, directory, { recursive: true });
      await fill({ kind: 'embedded', directory }, seed);
    }
    await writeFile(dump, await readAsTar(postgres));
  }
  return templates;
}

const templateIn = (folder: string, seed: Seed): Template => ({
  directory: join(folder, seed),
  dump: join(folder, `${seed}.tar`),
});

async function makeServerTemplates(): Promise<ServerTemplates> {
  const run = newRun();
  const names = { run, empty: newName('empty', run), dossier: newName('dossier', run) };
  await onServer(`CREATE DATABASE ${names.empty}`);
  await fill({ kind: 'postgres', url: addressOf(names.empty), poolSize: 2 }, 'empty');
  await onServer(`CREATE DATABASE ${names.dossier} TEMPLATE ${names.empty}`);
  await fill({ kind: 'postgres', url: addressOf(names.dossier), poolSize: 2 }, 'dossier');
  return names;
}

async function dropDatabases(run: string): Promise<void> {
  const { rows } = await onServer(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'doctrine_wire_${run}_%'`,
  );
  for (const { name } of rows) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
}

async function fill(location: DatabaseLocation, seed: Seed): Promise<void> {
  await using database = await openDatabase(location);
  if (seed === 'dossier') await seedDossier({ db: database.db, editor: 'dossier', wake: () => {} });
}
