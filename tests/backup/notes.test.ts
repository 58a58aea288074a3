import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRecord } from '../../src/backup/export.js';
import { restoreRecord } from '../../src/backup/restore.js';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { markMentionsRead } from '../../src/domain/desk/mentions.js';
import { addNote, resolveNote } from '../../src/domain/desk/notes.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { createDatabase } from '../support/database.js';

const notesOf = async ({ pool }: OpenDatabase) => ({
  notes: (await pool.query('SELECT * FROM note ORDER BY id')).rows,
  mentions: (await pool.query('SELECT * FROM note_mention ORDER BY name, note_id')).rows,
});

test('an export has the notes of editors, which a restore checks and brings back', async () => {
  await using database = await createDatabase();
  await using opened = await openDatabase(database.location);
  const writer = { db: opened.db, editor: 'Jo', wake: () => {} };
  for (const slug of ['one', 'two'])
    await recordDevelopment(writer, 'STATEMENT', { slug, headline: slug, occurred: '2026' });
  const first = await addNote(writer, 'one', { text: 'Ask @Jo and @Sam.', field: 'headline' });
  await addNote(writer, 'one', { text: 'Done.', replyTo: first.made ?? '' });
  await addNote(writer, 'two', { text: 'Open.' });
  await resolveNote(writer, { note: first.made ?? '', resolved: true });
  await markMentionsRead(writer, { notes: [first.made ?? ''] });
  const lines: string[] = [];
  await exportRecord(opened.db, async (some) => void lines.push(...some));
  expect(lines.filter((line) => line.startsWith('{"note"'))).toHaveLength(3);

  const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-notes-'));
  try {
    const file = join(directory, 'record.jsonl');
    await using other = await createDatabase();
    await using restored = await openDatabase(other.location);
    const bulkWriter = { db: restored.db, pool: restored.pool, editor: 'import', wake: () => {} };
    for (const [from, to, problem] of [
      [
        /"developmentId":"[^"]*"(?=,"field")/,
        '"developmentId":"01890000-0000-7000-8000-000000000000"',
        /development of/,
      ],
      [/"replyToId":"[^"]*"/, '"replyToId":"01890000-0000-7000-8000-000000000000"', /replyToId/],
      [/"resolvedBy":"Jo"/, '"resolvedBy":null', /resolvedBy/],
      [/"text":"Open\."/, '"text":1', /text/],
    ] as const) {
      const altered = lines.map((line) => (line.startsWith('{"note"') ? line.replace(from, to) : line));
      expect(altered).not.toEqual(lines);
      await writeFile(file, altered.map((line) => `${line}\n`).join(''));
      await expect(restoreRecord(bulkWriter, { file })).rejects.toThrow(problem);
    }
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    await restoreRecord(bulkWriter, { file });
    expect(await notesOf(restored)).toEqual(await notesOf(opened));
    const again: string[] = [];
    await exportRecord(restored.db, async (some) => void again.push(...some));
    expect(again.slice(1, -1)).toEqual(lines.slice(1, -1)); // The header has the time of the export.
  } finally {
    await rm(directory, { recursive: true });
  }
});
