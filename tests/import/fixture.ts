import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import type { BulkWriter } from '../../src/domain/write.js';
import { createDatabase } from '../support/database.js';

/** Writes a file into the test's own directory and returns its path. */
export type Save = (name: string, content: string | Buffer) => Promise<string>;

/** Provides `save` for each test, and `database` and `writer` for tests that use them. */
export const test = base.extend<{
  save: Save;
  database: OpenDatabase;
  writer: BulkWriter & { woken: number };
}>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  save: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-import-'));
    await use(async (name, content) => {
      const path = join(directory, name);
      await writeFile(path, content);
      return path;
    });
    await rm(directory, { recursive: true });
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  database: async ({}, use) => {
    await using copy = await createDatabase();
    await using database = await openDatabase(copy.location);
    await use(database);
  },
  writer: async ({ database }, use) => {
    const writer = {
      db: database.db,
      pool: database.pool,
      editor: 'import',
      woken: 0,
      wake() {
        writer.woken += 1;
      },
    };
    await use(writer);
  },
});

/** Returns a small mapping of speeches with `extra`, indented by two spaces, at its end. */
export const speeches = (extra = '') => `
record: statement
publish: true
id: { dataset: speeches, value: $id }
fields:
  headline: $title
  occurred: { from: $day, as: date }
  participants:
    - each: { from: $speakers, split: ";" }
      role: SPEAKER
      actor: { byName: $, kind: PERSON, language: uk }
  topics:
    - each: { from: $topics, split: ";" }
      topic: { byName: $ }
  citations:
    - source: { byUrl: $url, title: $title }
${extra}`;
