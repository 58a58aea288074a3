import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import type { Writer } from '../../src/domain/write.js';
import { loadDossier } from '../../src/dossier/load.js';
import { createDatabase } from '../support/database.js';
import { counts, writerFor } from './loaded.js';

describe('loading', () => {
  test.for([9, 30, 45])('is completed by the next run when it stops after write %i', async (writes) => {
    await using loaded = await createDatabase('dossier');
    await using whole = await openDatabase(loaded.location);
    await using created = await createDatabase();
    await using other = await openDatabase(created.location);
    let left = writes;
    const stopping: Writer = {
      ...writerFor(other),
      wake: () => {
        left -= 1;
        if (left === 0) throw new Error('Stopped.');
      },
    };
    await expect(loadDossier(stopping)).rejects.toThrow('Stopped.');
    await loadDossier(writerFor(other));
    expect(await counts(other)).toEqual(await counts(whole));
  });
});
