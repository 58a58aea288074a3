import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { exportRecord } from '../../src/backup/export.js';
import { RecordNotEmptyError, restoreRecord } from '../../src/backup/restore.js';
import {
  type Database,
  type DatabaseLocation,
  type OpenDatabase,
  openDatabase,
} from '../../src/database/open.js';
import { addCitation } from '../../src/domain/development/evidence/citations.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { reviseDevelopment } from '../../src/domain/development/write/revise.js';
import { seedDossier } from '../../src/dossier/load.js';
import { makeWorld } from '../support/example-references.js';
import { expectVerified } from '../support/expect-verified.js';
import { developments } from '../support/random/random-record.js';
import { runs } from '../support/random/runs.js';
import { fillRecord } from '../verify/record.js';

// Runs on the embedded database (here) and on PostgreSQL (tests/services).

const TABLES = [
  ...[
    'development',
    'development_version',
    'development_slug',
    'revision',
    'external_id',
    'reference_revision',
    'feed_entry',
  ],
  ...[
    'actor',
    'actor_name',
    'topic',
    'topic_name',
    'source',
    'source_name',
    'reference_key',
    'treaty',
    'treaty_party',
    'treaty_status',
  ],
  ...['weapon_system', 'weapon_system_alias', 'doctrine'],
];

/** Reads all rows of the record, except for the epoch, which is unique to each record. */
async function contentOf({ pool }: OpenDatabase): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = {};
  for (const table of TABLES) {
    const { rows } = await pool.query<{ row: string }>(
      `SELECT (to_jsonb(it) - 'epoch')::text AS row FROM ${table} AS it ORDER BY 1`,
    );
    // A list that was never set is NULL, which reads as an empty one.
    content[table] = rows.map(({ row }) => row.replaceAll(/"(classes|delivery)": null/g, '"$1": []'));
  }
  const { rows } = await pool.query('SELECT position, recorded_at, hash FROM feed_head');
  return { ...content, head: rows };
}

const writerOf = (db: Database) => ({ db, editor: 'test', wake: () => {} });

const bulkWriterOf = ({ db, pool }: OpenDatabase) => ({ ...writerOf(db), pool });

async function exported(db: Database): Promise<string[]> {
  const lines: string[] = [];
  await exportRecord(db, async (some) => void lines.push(...some));
  return lines;
}

type Create = () => Promise<{ location: DatabaseLocation } & AsyncDisposable>;

/** Exports a record, imports it into an empty one, and expects the two to be equal. */
async function expectRoundTrip(create: Create, fill: (db: Database) => Promise<unknown>): Promise<void> {
  await using one = await create();
  await using other = await create();
  await using from = await openDatabase(one.location);
  await using to = await openDatabase(other.location);
  await fill(from.db);
  const lines = await exported(from.db);
  await withFile(lines, async (file) => {
    const dry = await restoreRecord(bulkWriterOf(to), { file, dryRun: true });
    expect(dry).toMatchObject({ outcome: 'dry run', recorded: await from.db.development.count() });
    expect(await to.db.actor.count()).toBe(0);
    const report = await restoreRecord(bulkWriterOf(to), { file, batchSize: 7 });
    expect(report).toMatchObject({
      ...dry,
      outcome: 'written',
      seconds: expect.any(Number),
      rowsPerSecond: expect.any(Number),
    });
    expect(await contentOf(to)).toEqual(await contentOf(from));
    await expectVerified(to.db);
    // The first line has the time of the export, and the last one a hash of it.
    const again = await exported(to.db);
    expect(again.slice(1, -1)).toEqual(lines.slice(1, -1));
    const endOf = (some: readonly string[]) => ({ ...JSON.parse(some.at(-1) ?? '').end, sha256: '' });
    expect(endOf(again)).toEqual(endOf(lines));
    // The restored record accepts further writes.
    await addCitation(bulkWriterOf(to), await anySlug(to.db), { source: await anySource(to.db) });
    await expectVerified(to.db);
    await expect(restoreRecord(bulkWriterOf(to), { file })).rejects.toThrow(RecordNotEmptyError);
  });
}

async function withFile(lines: readonly string[], work: (file: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-export-'));
  try {
    const file = join(directory, 'record.ndjson');
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    await work(file);
  } finally {
    await rm(directory, { recursive: true });
  }
}

const anySlug = async (db: Database) => {
  const { slug } = await db.development.findFirstOrThrow({
    where: { status: 'PUBLISHED' },
    orderBy: { id: 'asc' },
  });
  return slug;
};
const anySource = async (db: Database) => (await db.source.findFirstOrThrow()).slug;

/** Records developments generated by fast-check, and revises some of them. */
async function fillWithGenerated(db: Database): Promise<void> {
  const writer = writerOf(db);
  await makeWorld(writer);
  const samples = fc.sample(developments, { numRuns: runs(60), seed: 20_261_125 });
  for (const [index, { kind, input }] of samples.entries()) {
    const slug = `generated-${index}`;
    await recordDevelopment(
      writer,
      kind,
      { ...input, slug },
      { publish: index % 5 !== 0, reason: 'Made up' },
    );
    if (index % 3 === 0) await reviseDevelopment(writer, kind, slug, { newSlug: `${slug}-renamed` });
  }
}

export function describeRoundTrip(create: Create): void {
  test('the example record is restored unchanged, with its revisions, feed and ids', async () => {
    await expectRoundTrip(create, (db) => seedDossier({ db, editor: 'dossier', wake: () => {} }));
  });

  test('a record with drafts, withdrawals, old slugs and external keys is restored unchanged', async () => {
    await expectRoundTrip(create, fillRecord);
  });

  test('an interrupted import of an export resumes where it stopped', async () => {
    await using one = await create();
    await using other = await create();
    await using from = await openDatabase(one.location);
    await using to = await openDatabase(other.location);
    await fillRecord(from.db);
    await withFile(await exported(from.db), async (file) => {
      const controller = new AbortController();
      const writer = { ...bulkWriterOf(to), wake: () => controller.abort() };
      const { signal } = controller;
      await expect(restoreRecord(writer, { file, batchSize: 3, signal })).rejects.toThrow(
        /stopped after \d+ rows: it was told to\..*--resume/,
      );
      await expectVerified(to.db);
      await expect(restoreRecord(writer, { file })).rejects.toThrow(/continue with --resume/);
      await restoreRecord(bulkWriterOf(to), { file, resume: true });
      expect(await contentOf(to)).toEqual(await contentOf(from));
    });
  });

  test('a truncated or altered export is refused, and nothing is written', async () => {
    await using one = await create();
    await using opened = await openDatabase(one.location);
    await using empty = await create();
    await using to = await openDatabase(empty.location);
    await fillRecord(opened.db);
    const lines = await exported(opened.db);
    const digest = createHash('sha256')
      .update(JSON.stringify(await contentOf(to)))
      .digest('hex');
    const damaged: [readonly string[], RegExp][] = [
      [lines.slice(0, -1), /truncated or was changed/],
      [lines.toSpliced(-3, 1), /Expected position|truncated or was changed/],
      [lines.with(0, '{"doctrineWire":"9.0.0","version":9}'), /Expected an export of version 3; got 9/],
      [lines.with(3, '{"actor":'), /line 4: The JSON is malformed/],
      [lines.map((line) => line.replace('"headline":', '"headlin":')), /is not a valid content/],
    ];
    for (const [some, message] of damaged) {
      await withFile(some, async (file) => {
        await expect(restoreRecord(bulkWriterOf(to), { file })).rejects.toThrow(message);
      });
    }
    expect(
      createHash('sha256')
        .update(JSON.stringify(await contentOf(to)))
        .digest('hex'),
    ).toBe(digest);
  });
}

export function describeRandomRoundTrip(create: Create): void {
  test('a record of generated developments is restored unchanged', async () => {
    await expectRoundTrip(create, fillWithGenerated);
  });
}
