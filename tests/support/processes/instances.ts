import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { inject } from 'vitest';
import type { Seed } from '../template.js';
import { type RestorePoint, setRestorePoint } from './restore-point.js';

interface Instance {
  readonly pglite: PGlite;
  readonly start: RestorePoint;
}

/** Free instances. Opening one takes half a second, restoring one 5 to 15 ms. */
const free: Record<Seed, Instance[]> = { empty: [], dossier: [] };

/** The dumps that instances load, read once: streaming one from its file takes half of the time. */
const content: Partial<Record<Seed, Promise<Blob>>> = {};

/** As many as the concurrent tests of a file need at once. Each uses about 80 MB. */
const MOST_FREE = 5;

/** The buffers of a server in production, and no log for a recovery that never happens. */
const SETTINGS = [
  'shared_buffers=48MB',
  'full_page_writes=off',
  'max_wal_senders=0',
  'wal_init_zero=off',
  'wal_level=minimal',
].flatMap((setting) => ['-c', setting]);

/** Takes an embedded database in memory from the worker's pool. Disposing restores it and returns it. */
export async function takeInstance(seed: Seed) {
  const instance = free[seed].pop() ?? (await openInstance(seed));
  let isReturned = false;
  return {
    location: { kind: 'instance', pglite: instance.pglite } as const,
    [Symbol.asyncDispose]: async () => {
      if (isReturned) throw new Error('The database was returned twice: two tests would share it.');
      isReturned = true;
      if (open.has(instance.pglite)) throw new Error('The database was returned while a server has it open.');
      const isKept = free[seed].length < MOST_FREE && (await instance.start.restore());
      if (isKept) free[seed].push(instance);
      else await instance.pglite.close();
    },
  };
}

/** Instances that a server has open. */
const open = new Set<PGlite>();

/**
 * Notes that a server opens a database in memory, until the returned function is called.
 *
 * @throws {Error} If another server has it open: an instance is one session, and each would end the other's transactions.
 */
export function holdInstance({ pglite }: { readonly pglite: PGlite }): () => void {
  if (open.has(pglite))
    throw new Error('Two servers share one database in memory. Stop the first one before.');
  open.add(pglite);
  return () => open.delete(pglite);
}

async function openInstance(seed: Seed): Promise<Instance> {
  content[seed] ??= readFile(inject('templates')[seed].dump).then((bytes) => new Blob([bytes]));
  const startParams = [...PGlite.defaultStartParams, ...SETTINGS];
  const pglite = await PGlite.create({ loadDataDir: await content[seed], startParams });
  const start = await setRestorePoint(async (sql) => (await pglite.exec(sql)).at(-1)?.rows ?? []);
  return { pglite, start };
}
