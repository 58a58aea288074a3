import { openAsBlob } from 'node:fs';
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

/** Each uses about 150 MB, and only concurrent tests need more at once. */
const MOST_FREE = 3;

/** Takes an embedded database in memory from the worker's pool. Disposing restores it and returns it. */
export async function takeInstance(seed: Seed) {
  const instance = free[seed].pop() ?? (await openInstance(seed));
  return {
    location: { kind: 'instance', pglite: instance.pglite } as const,
    [Symbol.asyncDispose]: async () => {
      const isKept = free[seed].length < MOST_FREE && (await instance.start.restore());
      if (isKept) free[seed].push(instance);
      else await instance.pglite.close();
    },
  };
}

async function openInstance(seed: Seed): Promise<Instance> {
  const pglite = await PGlite.create({ loadDataDir: await openAsBlob(inject('templates')[seed].dump) });
  const start = await setRestorePoint(async (sql) => (await pglite.exec(sql)).at(-1)?.rows ?? []);
  return { pglite, start };
}
