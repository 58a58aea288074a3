import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { BulkWriter } from '../../src/domain/write.js';
import { importCommand } from '../../src/import/command.js';
import { createLines } from '../../src/import/report/progress.js';
import { type Save, speeches, test } from './fixture.js';

const BAD = 'id,title,day,speakers,topics,url\na,T,2022-03-11T24:04:30,Х,,https://example.org/1\n';
const GOOD = `${BAD}b,T,2022-03-11,Х,,https://example.org/1\n`;

let stdout = '';
let stderr = '';
beforeEach(() => {
  stdout = '';
  stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs the command as the program does, and returns its exit code. */
async function run(writer: BulkWriter | undefined, args: string[]): Promise<number> {
  process.exitCode = undefined;
  const open = async () => {
    if (!writer) throw new Error('The record was opened.');
    return { writer, [Symbol.asyncDispose]: async () => {} };
  };
  await importCommand(open).parseAsync(args, { from: 'user' });
  return Number(process.exitCode ?? 0);
}

async function filesOf(save: Save, csv: string) {
  const file = await save('a.csv', csv);
  const map = await save('m.yaml', speeches());
  return { file, map, report: (name: string) => join(dirname(file), name) };
}

test('bad rows end with exit code 1 and the whole report in a JSON file', async ({ save, writer }) => {
  const { file, map, report } = await filesOf(save, BAD);
  expect(await run(writer, [file, '--map', map, '--report', report('r.json')])).toBe(1);
  expect(stdout).toMatch(/^Nothing was written: 1 of 1 rows are bad\./);
  expect(stderr).toContain(
    'a.csv, line 2 (id "a"): occurred is "2022-03-11T24:04:30". 24:04:30 is an impossible',
  );
  expect(JSON.parse(await readFile(report('r.json'), 'utf8'))).toMatchObject({
    outcome: 'refused',
    problems: [{ line: 2, id: 'a', field: 'occurred' }],
  });
});

test('with skip the other rows are written, the exit code is 0 and an NDJSON report has one problem a line', async ({
  save,
  writer,
}) => {
  const { file, map, report } = await filesOf(save, GOOD);
  const flags = ['--map', map, '--on-error', 'skip', '--report', report('r.ndjson')];
  expect(await run(writer, [file, ...flags])).toBe(0);
  expect(stdout).toMatch(/^2 read, 1 recorded, 0 already there, 1 bad \(left out\); made 1 actor,/);
  const lines = (await readFile(report('r.ndjson'), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).field)).toEqual(['occurred']);
});

test('a report replaces no input, whatever its name, and follows no symbolic link', async ({ save }) => {
  const { file, map, report } = await filesOf(save, BAD);
  const rows = await save('rows.json', '[]');
  await link(rows, report('hard.json'));
  await symlink(rows, report('to-input.json'));
  await symlink(report('nowhere.json'), report('to-nothing.json'));
  await mkdir(report('folder.json'));
  await link(map, report('map.ndjson'));
  for (const [name, reason] of [
    ['rows.json', 'which is imported'],
    ['folder.json/../rows.json', 'which is imported'],
    ['hard.json', 'which is imported'],
    ['map.ndjson', 'which is imported'],
    ['to-input.json', 'symbolic link'],
    ['to-nothing.json', 'symbolic link'],
    ['folder.json', 'expected a file or a new name'],
  ] as const) {
    stderr = '';
    const path = `${dirname(file)}/${name}`;
    expect(await run(undefined, [rows, file, '--map', map, '--report', path])).toBe(1);
    expect([name, stderr]).toEqual([name, expect.stringContaining(reason)]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
  expect(await readFile(rows, 'utf8')).toBe('[]');
  expect(await readFile(map, 'utf8')).toBe(speeches());
});

test('a report is written whole at the end, or not at all', async ({ save, writer }) => {
  const { file, map, report } = await filesOf(save, BAD);
  await writeFile(report('r.json'), 'an earlier report');
  const before = await readdir(dirname(file));
  const flags = ['--map', map, '--report', report('r.json')];
  await expect(run(undefined, [file, ...flags])).rejects.toThrow('The record was opened.');
  expect(await readFile(report('r.json'), 'utf8')).toBe('an earlier report');
  expect(await readdir(dirname(file))).toEqual(before);
  expect(await run(writer, [file, ...flags])).toBe(1);
  expect(JSON.parse(await readFile(report('r.json'), 'utf8')).outcome).toBe('refused');
  expect(await readdir(dirname(file))).toEqual(before);
});

test('at most twenty problems are shown, then counts of all', async ({ save, writer }) => {
  const rows = Array.from({ length: 25 }, (_, index) => `${index},T,never,Х,,https://example.org/1`);
  const { file, map } = await filesOf(save, ['id,title,day,speakers,topics,url', ...rows].join('\n'));
  expect(await run(writer, [file, '--map', map])).toBe(1);
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(23);
  expect(lines.slice(20)).toEqual([
    '… and 5 more. --report FILE writes all of them.',
    'All problems, by kind:',
    '  25 rows: occurred (from day): a date that cannot be. Correct it, or say in the mapping how dates are ' +
      'written (as: date, format: …).',
  ]);
});

test('a bad mapping, a missing file and a report of unknown format end with exit code 1 before the record is opened', async ({
  save,
}) => {
  const { file, map } = await filesOf(save, GOOD);
  const bad = await save('bad.yaml', speeches('  headlin: $x'));
  expect(await run(undefined, [file, '--map', bad])).toBe(1);
  expect(stderr).toMatch(
    /The mapping .*bad\.yaml cannot be used\.\n {2}line \d+: fields: Unrecognized key: "headlin"/,
  );
  expect(await run(undefined, [`${file}.csv`, '--map', map])).toBe(1);
  expect(stderr).toContain('a.csv.csv cannot be read: ENOENT: no such file or directory.');
  expect(await run(undefined, [file, '--map', map, '--report', 'r.txt'])).toBe(1);
  expect(stderr).toContain('--report r.txt: expected a name that ends in .json, .ndjson or .jsonl.');
});

test('progress without a bar is printed as lines', () => {
  const lines: string[] = [];
  const progress = createLines((line) => lines.push(line), 0);
  progress.start('writing', 28);
  progress.bytes(50);
  progress.rows(7);
  expect(lines).toEqual([expect.stringMatching(/^writing: 7 rows, 25 %, \d+ rows a second, \d+ s left$/)]);
});
