import { open } from 'node:fs/promises';
import { MalformedFileError, unreadable } from '../files/errors.js';
import { MAX_ROW_LENGTH, readLines } from '../files/lines.js';
import { readSnapshot } from '../verify/snapshot.js';
import { type EndLine, FORMAT_VERSION, REFERENCES, type ReferenceKind, type RevisionLine } from './format.js';

/** Returns true if the first line of the file is the header of an export. */
export async function isExport(path: string): Promise<boolean> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('utf8', 0, bytesRead).startsWith('{"doctrineWire":');
  } finally {
    await file.close();
  }
}

/** A line of an export between its first and its last. */
export type ExportLine =
  | { readonly kind: ReferenceKind; readonly row: Readonly<Record<string, unknown>> }
  | ({ readonly kind: 'revision' } & RevisionLine);

/**
 * Reads an export and checks its version, the order of its positions, the shape of its snapshots and the counts at its
 * end.
 *
 * @throws {MalformedFileError} If a check fails.
 * @throws {UnreadableFileError}
 */
export async function* readExport(
  file: string,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<ExportLine & { readonly line: number }> {
  const counted = { references: 0, revisions: 0, positions: 0 };
  let end: EndLine['end'] | undefined;
  for await (const { text, line } of wholeLines(file, onChunk)) {
    const refuse = (reason: string) => new MalformedFileError(file, line, reason);
    if (end) throw refuse('Expected nothing after the end of the export.');
    const value = parse(text, refuse);
    if (line === 1) checkVersion(value, refuse);
    else if ('end' in value) end = (value as unknown as EndLine).end;
    else if ('revision' in value) {
      const revision = value as unknown as RevisionLine;
      checkRevision(revision, counted.positions, refuse);
      counted.revisions += 1;
      if (revision.entry) counted.positions += 1;
      yield { kind: 'revision', ...revision, line };
    } else {
      const kind = REFERENCES.find((one) => one in value);
      const row = kind && value[kind];
      if (!kind || typeof row !== 'object' || row === null) throw refuse('Expected a line of an export.');
      counted.references += 1;
      yield { kind, row: row as Record<string, unknown>, line };
    }
  }
  const whole =
    end && (['references', 'revisions', 'positions'] as const).every((key) => end?.[key] === counted[key]);
  if (whole) return;
  const told = Object.entries(counted).map(([what, count]) => `${count} ${what}`);
  throw new MalformedFileError(
    file,
    1,
    `The export is truncated or was changed: it contains ${told.join(', ')}.`,
  );
}

type Refuse = (reason: string) => MalformedFileError;

function parse(text: string, refuse: Refuse): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw refuse(`The JSON is malformed (${error instanceof Error ? error.message : error}).`);
  }
}

function checkVersion({ version, doctrineWire }: Record<string, unknown>, refuse: Refuse): void {
  if (version === FORMAT_VERSION) return;
  throw refuse(
    `Expected an export of version ${FORMAT_VERSION}; got ${String(version)}, written by doctrine-wire ` +
      `${String(doctrineWire)}. Import it with that version.`,
  );
}

function checkRevision({ revision, entry }: RevisionLine, before: number, refuse: Refuse): void {
  const { problems = [] } = readSnapshot(revision.snapshot);
  if (problems.length > 0) throw refuse(`The snapshot is not a valid content: ${problems.join('; ')}.`);
  if ((entry === null) !== (revision.status === 'DRAFT'))
    throw refuse('Expected a feed entry for every revision that is not a draft.');
  if (entry && entry.position !== before + 1) {
    throw refuse(`Expected position ${before + 1} next; got ${entry.position}.`);
  }
  const future = [revision.recordedAt, entry?.recordedAt].find(isFuture);
  if (future !== undefined)
    throw refuse(`Expected times up to now; got ${future}. Check this machine's clock.`);
}

/** How far the clock of the machine that wrote the export may be ahead, in milliseconds. */
const TOLERANCE = 60_000;

const isFuture = (time: string | undefined): boolean =>
  time !== undefined && new Date(time).getTime() > Date.now() + TOLERANCE;

async function* wholeLines(
  file: string,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<{ text: string; line: number }> {
  let text = '';
  for await (const part of readLines(file, onChunk)) {
    if (part.foreign)
      throw new MalformedFileError(file, part.line, 'Expected UTF-8, as the export was written.');
    text += part.text;
    if (text.length > 4 * MAX_ROW_LENGTH)
      throw new MalformedFileError(file, part.line, 'The line is too long.');
    if (!part.isEnd) continue;
    yield { text, line: part.line };
    text = '';
  }
  if (text !== '') yield { text, line: 0 };
}
