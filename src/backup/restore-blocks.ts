import { insertMany } from '../database/bulk-write.js';
import type { DevelopmentContent } from '../domain/development/content/content.js';
import { type RestoredRevision, restoreRevisions } from '../domain/development/write/restore.js';
import { type BulkWriter, writeMany } from '../domain/write.js';
import type { NewFeedEntry } from '../feed/position.js';
import type { ByteSource } from '../files/lines.js';
import { Prisma } from '../generated/prisma/client.js';
import { type Identity, type ImportPosition, saveProgress } from '../import/passes/import-progress.js';
import type { Progress } from '../import/report/progress.js';
import { noTally, type Tally } from '../import/report/tally.js';
import type { RevisionLine } from './format.js';
import { restoreNotes } from './notes.js';
import { type ExportLine, readExport } from './read-export.js';
import { referenceEntry, restoreReferenceRevisions } from './restore-histories.js';
import { restoreReferences } from './restore-references.js';

/** Counts developments as recorded, and references as made. */
export function countLine(tally: Tally, line: ExportLine): void {
  if (line.kind === 'revision') {
    if (line.revision.number === 1) tally.recorded += 1;
  } else if (line.kind === 'actor') tally.made.actors += 1;
  else if (line.kind === 'topic') tally.made.topics += 1;
  else if (line.kind === 'source') tally.made.sources += 1;
}

/** Lines of one kind, with at most one revision of each development. */
interface Block {
  readonly lines: readonly ExportLine[];
  /** How many lines of the file are done after this block. */
  readonly end: number;
}

/** Reads the blocks of an export after the lines that are done. */
export async function* blocksOf(
  file: ByteSource,
  progress: Progress,
  from: number,
  batchSize: number,
): AsyncGenerator<Block> {
  let lines: ExportLine[] = [];
  let developments = new Set<string>();
  let end = 0;
  // The rules were checked by the first read. The chain is checked again.
  for await (const line of readExport(file, { onChunk: (chunk) => progress.bytes(chunk.length) })) {
    if (end >= from) {
      const id = line.kind === 'revision' ? line.revision.developmentId : '';
      const isFull =
        lines.length >= batchSize || developments.has(id) || sectionOf(lines[0] ?? line) !== sectionOf(line);
      if (isFull) {
        yield { lines, end };
        lines = [];
        developments = new Set();
      }
      lines.push(line);
      if (id !== '') developments.add(id);
    }
    end += 1;
  }
  if (lines.length > 0) yield { lines, end };
}

/** Revisions of developments and of references are one section, in the order of the feed. */
const sectionOf = ({ kind }: ExportLine) => (kind === 'referenceRevision' ? 'revision' : kind);

/** Writes a block and the progress after it in one transaction. */
export async function writeBlock(
  writer: BulkWriter,
  { lines, end }: Block,
  identity: Identity,
  position: ImportPosition,
): Promise<void> {
  const tally = noTally();
  for (const line of lines) countLine(tally, line);
  const batch = { rows: [], end, bad: 0, leftOut: 0 };
  const reached = position.after(batch, { tally, refused: [] });
  await writeMany(writer, async (tx) => {
    const [first] = lines;
    // Revisions from before a merge refer to what was merged later.
    await tx.$queryRaw(Prisma.sql`SELECT set_config('doctrine_wire.restoring', 'yes', true)`);
    const revisions = lines.flatMap((line) => (line.kind === 'revision' ? toRevision(line) : []));
    const things = lines.flatMap((line) => ('row' in line ? [line.row] : []));
    const judgements = lines.flatMap((line) => (line.kind === 'judgement' ? [line.judgement] : []));
    await insertMany(tx, 'duplicate_judgement', judgements);
    const notes = lines.flatMap((line) => (line.kind === 'note' ? [line.note] : []));
    if (first && 'row' in first) await restoreReferences(tx, first.kind, things);
    const told = await restoreRevisions(tx, revisions);
    await restoreReferenceRevisions(tx, lines);
    await restoreNotes(tx, notes);
    await saveProgress(tx, identity, reached);
    return inOrder(lines, told);
  });
  position.moveTo(reached, batch);
}

/** Returns the feed entries of a block, in the order of its lines. */
function inOrder(lines: readonly ExportLine[], told: readonly NewFeedEntry[]): NewFeedEntry[] {
  const left = told.values();
  return lines.flatMap((line) => {
    if (line.kind === 'referenceRevision') return referenceEntry(line);
    return line.kind === 'revision' && line.entry ? (left.next().value ?? []) : [];
  });
}

function toRevision({ revision, development, salt, entry }: RevisionLine): RestoredRevision {
  const { developmentId, number, status, snapshot, changedFields, editor, reason } = revision;
  return {
    state: {
      id: developmentId,
      revision: number,
      status,
      recordedAt: new Date(development.recordedAt),
      publishedAt: development.publishedAt === null ? null : new Date(development.publishedAt),
      changedAt: new Date(revision.recordedAt),
      content: snapshot as DevelopmentContent, // readExport has checked its shape.
    },
    changedFields,
    editor,
    reason,
    recordedAt: new Date(revision.recordedAt),
    salt,
    told: entry
      ? { change: entry.change, recordedAt: new Date(entry.recordedAt), commitment: entry.commitment }
      : undefined,
  };
}
