import { deepStrictEqual } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../bars.js';
import { createDatabase } from '../database.js';
import { openDatabase } from '../domain.js';
import { Figures } from '../figures.js';
import { developmentAt } from '../record/development.js';
import { fillReferences } from '../record/fill.js';
import { machine, printTable, writeResults } from '../report.js';
import { BARS, COPY, EMBEDDED, IMPORT, MEMORY, REVISE } from './bars.js';
import { importAll } from './command.js';
import { copyIn, copyOut, countRows, headlinesOf } from './copies.js';
import { revising, writeRows } from './files.js';

export interface ImportOptions {
  readonly count: number;
  readonly embedded: number;
  readonly rounds: number;
}

/** Compares an import with a bare COPY of the rows it writes. */
export async function runImport({ count, embedded, rounds }: ImportOptions): Promise<void> {
  const log = (line: string) => console.error(line);
  const folder = await mkdtemp(join(tmpdir(), 'doctrine-wire-bench-'));
  const figures = new Figures();
  try {
    await using empty = await createDatabase();
    {
      const { DATABASE_URL: url } = empty.env;
      await using opened = await openDatabase({ kind: 'postgres', url, poolSize: 2 });
      await fillReferences(opened.db);
      // Autovacuum would do this by default. It applies to both.
      await opened.pool.query('ANALYZE');
    }
    const files = await writeRows(folder, count);
    log(`${count} rows are in files`);
    for (let round = 0; round < rounds; round += 1) {
      await using imported = await createDatabase(empty.name);
      const took = await importAll(files, imported.env);
      figures.add(IMPORT, count / took.seconds);
      figures.add(MEMORY, took.memory / 1_000_000);
      log(`imported in ${took.seconds.toFixed(1)} s, with ${Math.round(took.memory / 1_000_000)} MB`);
      await checkRecord(imported.env.DATABASE_URL, count);
      await copyOut(imported.env.DATABASE_URL, folder);
      await using copied = await createDatabase(empty.name);
      const seconds = await copyIn(copied.env.DATABASE_URL, folder);
      figures.add(COPY, count / seconds);
      log(`copied in ${seconds.toFixed(1)} s`);
      const rows = await countRows(imported.env.DATABASE_URL);
      deepStrictEqual(await countRows(copied.env.DATABASE_URL), rows);
      const again = await importAll(await revising(files, folder), imported.env);
      figures.add(REVISE, count / again.seconds);
      log(`revised in ${again.seconds.toFixed(1)} s`);
      deepStrictEqual(await countRows(imported.env.DATABASE_URL), rows);
    }
    if (embedded > 0) figures.add(EMBEDDED, await importEmbedded(folder, embedded));
    const verdicts = judge(BARS, figures);
    printTable(figures, verdicts);
    const results = { machine: machine(empty.version), generated: count, embedded, rounds };
    const file = await writeResults('import', { ...results, figures: figures.all, bars: verdicts });
    console.log(`\nAll rows are there. The figures are in ${file}.`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @throws {AssertionError} If rows are missing or differ from the files. */
async function checkRecord(url: string, count: number): Promise<void> {
  const { development } = await countRows(url);
  deepStrictEqual(development, count);
  const expected = Array.from(
    { length: 200 },
    (_, turn) => developmentAt(Math.floor((turn * count) / 200)).input,
  )
    .map(({ slug, headline }) => [slug ?? '', headline] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const slugs = expected.map(([slug]) => slug);
  deepStrictEqual(await headlinesOf(url, slugs), Object.fromEntries(expected));
}

/** Returns the rows a second of the same command with the embedded database. */
async function importEmbedded(folder: string, count: number): Promise<number> {
  const directory = join(folder, 'embedded');
  {
    await using opened = await openDatabase({ kind: 'embedded', directory });
    await fillReferences(opened.db);
  }
  const { seconds } = await importAll(await writeRows(folder, count), { DATA_DIR: directory, SEED: 'none' });
  return count / seconds;
}
