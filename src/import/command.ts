import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import { Command, Option } from 'commander';
import { DatabaseStartError } from '../database/errors.js';
import { limitHeapGrowth } from '../database/heap.js';
import { DomainError } from '../domain/errors.js';
import type { BulkWriter } from '../domain/write.js';
import { UnreadableFileError } from '../files/errors.js';
import { loadMapping } from './mapping/mapping.js';
import { openInputs } from './read/inputs.js';
import { type LocalFile, openBytes } from './read/local-file.js';
import { openRows } from './read/rows.js';
import { createProgress } from './report/progress.js';
import { describeCounts, describeProblems } from './report/report.js';
import { openReport } from './report/report-file.js';
import { importFiles } from './run.js';
import { readSample } from './suggest/sample.js';
import { suggestMapping } from './suggest/suggest.js';

interface Flags {
  readonly map?: string;
  readonly suggest?: boolean;
  readonly dryRun?: boolean;
  readonly onError: 'abort' | 'skip';
  readonly report?: string;
  readonly resume?: boolean;
  readonly allowPrivateAddresses?: boolean;
}

/**
 * Defines the `import` command. It prints the counts to standard output and everything else to standard error. The exit
 * code is 1 if bad rows or an error kept rows from being written.
 *
 * @param open Opens the record. Called after the mapping and the files are checked.
 */
export function importCommand(
  open: () => Promise<{ writer: BulkWriter } & AsyncDisposable>,
  command: Command = new Command('import'),
): Command {
  return command
    .argument(
      '<file...>',
      'files (.csv, .tsv, .xlsx, .json, .ndjson, .geojson, also with .gz), http addresses, or - for standard input',
    )
    .option('--map <mapping>', 'YAML file that maps columns to fields; not needed for an export')
    .option('--suggest', 'write a first mapping for the file to standard output, and import nothing')
    .option('--dry-run', 'check everything, write nothing')
    .addOption(
      new Option('--on-error <what>', 'on bad rows, refuse the whole import or skip them')
        .choices(['abort', 'skip'])
        .default('abort'),
    )
    .option('--allow-private-addresses', 'take files from addresses of private networks too')
    .option('--resume', 'continue where the last run of the same import ended')
    .option(
      '--report <file>',
      'write all problems to a .json (one object) or .ndjson (one a line) file, at the end',
    )
    .action(async (files: string[], flags: Flags) => {
      limitHeapGrowth();
      try {
        if (flags.suggest) await suggest(files, flags);
        else await runImport(open, files, flags);
      } catch (error) {
        if (!(error instanceof DomainError) && !(error instanceof DatabaseStartError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

async function runImport(
  open: () => Promise<{ writer: BulkWriter } & AsyncDisposable>,
  files: string[],
  { map, dryRun, onError, report: reportFile, resume, allowPrivateAddresses }: Flags,
): Promise<void> {
  const mapping = map === undefined ? undefined : await loadMapping(map);
  await using resources = new AsyncDisposableStack();
  const limits = { allowPrivate: allowPrivateAddresses };
  const { files: local } = resources.use(await openInputs(files, process.stdin, limits));
  // Commander requires one.
  const [first = { path: '', name: '' }] = local;
  if (mapping) for (const file of local) await openRows(file, mapping);
  else await expectExport(first, local.length);
  const paths = local.map(({ path }) => path);
  const inputs = map === undefined ? paths : [map, ...paths];
  const sink = reportFile === undefined ? undefined : resources.use(await openReport(reportFile, inputs));
  const { writer } = resources.use(await open());
  const progress = createProgress(process.stderr);
  const signal = stopSignal(resources);
  const options = { dryRun, resume, progress, signal };
  const report = mapping
    ? await importFiles(writer, { ...options, files: local, mapping, onError, sink })
    : await (await loadRestore()).restoreRecord(writer, { ...options, file: first });
  for (const warning of report.warnings) process.stderr.write(`${warning}\n`);
  for (const line of describeProblems(report)) process.stderr.write(`${line}\n`);
  await sink?.finish(report);
  process.stdout.write(`${describeCounts(report, onError)}\n`);
  if (report.outcome === 'refused' || report.outcome === 'stopped') process.exitCode = 1;
}

async function suggest(files: string[], { allowPrivateAddresses }: Flags): Promise<void> {
  const limits = { allowPrivate: allowPrivateAddresses };
  await using inputs = await openInputs(files.slice(0, 1), process.stdin, limits);
  for (const file of inputs.files) process.stdout.write(suggestMapping(await readSample(file)));
}

/** Loaded when it is needed, as every command is. */
const loadRestore = () => import('../backup/restore.js');

/** An export is the only file that needs no mapping. */
async function expectExport(file: LocalFile, count: number): Promise<void> {
  const { isExport } = await import('../backup/read-export.js');
  if (count === 1 && (await isExport(await openBytes(file, undefined)))) return;
  const reason = count > 1 ? 'an export is imported alone' : 'it is not an export of a record';
  throw new UnreadableFileError(
    `${file.name}: expected --map MAPPING, which says which column becomes which field: ${reason}.`,
  );
}

/** The first Ctrl-C ends the import after the current block, a second one ends the process. */
function stopSignal(resources: AsyncDisposableStack): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    const stop = () => controller.abort();
    process.once(name, stop);
    resources.defer(() => void process.off(name, stop));
  }
  return controller.signal;
}
