import { createHash } from 'node:crypto';
import { MalformedFileError } from '../files/errors.js';
import { type ByteSource, MAX_ROW_LENGTH, readLines } from '../files/lines.js';
import { createChainReader } from './chain-reader.js';
import {
  BEFORE_REFERENCES_VERSION,
  type EndLine,
  FORMAT_VERSION,
  type JudgementLine,
  REFERENCES,
  type ReferenceKind,
  type ReferenceRevisionLine,
  type RevisionLine,
  UNCHAINED_VERSION,
} from './format.js';
import { brokenJudgement, brokenReferenceShape, brokenShape } from './line-shapes.js';
import type { NoteLine } from './notes.js';
import type { ExportRules } from './rules/export-rules.js';

/** Returns true if the first line of the file is the header of an export. */
export async function isExport(source: ByteSource): Promise<boolean> {
  for await (const { text } of readLines(source, () => {})) return text.startsWith('{"doctrineWire":');
  return false;
}

/** A line of an export between its first and its last. */
export type ExportLine =
  | { readonly kind: ReferenceKind; readonly row: Readonly<Record<string, unknown>> }
  | ({ readonly kind: 'revision' } & RevisionLine)
  | ({ readonly kind: 'referenceRevision' } & ReferenceRevisionLine)
  | ({ readonly kind: 'judgement' } & JudgementLine)
  | { readonly kind: 'note'; readonly note: NoteLine };

/** The end of a chain that an export or a record holds. */
interface ChainEnd {
  readonly position: number;
  /** In hexadecimal. */
  readonly hash: string;
}

export interface ReadOptions {
  /** Called with each chunk of bytes. */
  onChunk(chunk: Uint8Array): void;
  /** Validates the lines by the rules of the API; undefined on a second read. */
  readonly rules?: ExportRules;
  /** Called with the chain after each entry. */
  onEntry?(end: ChainEnd): void;
}

/**
 * Reads an export and checks its version, the shape of its snapshots, the rules of the API, the hash chain, and the counts
 * and hashes at its end.
 *
 * Lines of the version before the hash chain come with a chain of their own.
 *
 * @throws {MalformedFileError} If a check fails. Names the position.
 * @throws {UnreadableFileError}
 */
export async function* readExport(
  source: ByteSource,
  { onChunk, rules, onEntry }: ReadOptions,
): AsyncGenerator<ExportLine & { readonly line: number }> {
  const file = source.name;
  const counted = { references: 0, revisions: 0, positions: 0, referenceRevisions: 0, judgements: 0 };
  const digest = createHash('sha256');
  const chain = createChainReader();
  let version = FORMAT_VERSION;
  let end: EndLine['end'] | undefined;
  for await (const { text, line } of wholeLines(source, onChunk)) {
    const refuse = (reason: string) => new MalformedFileError(file, line, reason);
    const refuseIf = (problem: string | undefined) => {
      if (problem !== undefined) throw refuse(problem);
    };
    if (end) throw refuse('Expected nothing after the end of the export.');
    const value = parse(text, refuse);
    if (line === 1) version = checkVersion(value, refuse);
    else if ('end' in value) {
      end = (value as unknown as EndLine).end;
      if (version !== UNCHAINED_VERSION) refuseIf(brokenEnd(end, chain.hash, digest.digest('hex')));
      continue;
    } else if ('revision' in value) {
      const given = value as unknown as RevisionLine;
      refuseIf(brokenShape(given, counted.positions, version));
      const revision = version === UNCHAINED_VERSION ? chain.seal(given) : given;
      const position = revision.entry ? `Position ${revision.entry.position}: ` : '';
      const problem = chain.read(revision) ?? rules?.revision(revision);
      refuseIf(problem && `${position}${problem}`);
      counted.revisions += 1;
      if (revision.entry) {
        counted.positions += 1;
        onEntry?.({ position: counted.positions, hash: chain.hash });
      }
      yield { kind: 'revision', ...revision, line };
    } else if (version === FORMAT_VERSION && 'referenceRevision' in value) {
      const given = value as unknown as ReferenceRevisionLine;
      refuseIf(brokenReferenceShape(given, counted.positions));
      const problem = chain.read(given) ?? rules?.referenceRevision(given);
      refuseIf(problem && `Position ${given.entry.position}: ${problem}`);
      counted.referenceRevisions += 1;
      counted.positions += 1;
      onEntry?.({ position: counted.positions, hash: chain.hash });
      yield { kind: 'referenceRevision', ...given, line };
    } else if ('judgement' in value) {
      refuseIf(brokenJudgement(value));
      counted.judgements += 1;
      yield { kind: 'judgement', ...(value as unknown as JudgementLine), line };
    } else if ('note' in value) {
      refuseIf(rules?.note(value['note']));
      yield { kind: 'note', note: value['note'] as NoteLine, line };
    } else {
      const kind = REFERENCES.find((one) => one in value);
      const row = kind && value[kind];
      if (!kind || typeof row !== 'object' || row === null) throw refuse('Expected a line of an export.');
      const columns = row as Record<string, unknown>;
      refuseIf(rules?.reference(kind, columns));
      counted.references += 1;
      yield { kind, row: columns, line };
    }
    digest.update(`${text.replace(/[\r\n]+$/, '')}\n`); // Whatever line ends the file was given since.
  }
  const whole =
    end &&
    (['references', 'revisions', 'positions', 'referenceRevisions', 'judgements'] as const).every(
      (key) => (end?.[key] ?? 0) === counted[key],
    );
  const problem = rules?.end(version === FORMAT_VERSION);
  if (whole && problem !== undefined) throw new MalformedFileError(file, 1, problem);
  if (whole) return;
  const told = Object.entries(counted).map(([what, count]) => `${count} ${what}`);
  throw new MalformedFileError(
    file,
    1,
    `The export is truncated or was changed: it contains ${told.join(', ')}.`,
  );
}

/** The last line has the hash of the last entry, and a hash of all lines before it. */
function brokenEnd(end: EndLine['end'], hash: string, sha256: string): string | undefined {
  if (end.hash !== hash) return `Expected the hash of the last entry at the end, ${hash}; got ${end.hash}.`;
  return end.sha256 === sha256
    ? undefined
    : 'The export was changed: the lines before the end do not have the hash that the end names.';
}

type Refuse = (reason: string) => MalformedFileError;

function parse(text: string, refuse: Refuse): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw refuse(`The JSON is malformed (${error instanceof Error ? error.message : error}).`);
  }
}

function checkVersion({ version, doctrineWire }: Record<string, unknown>, refuse: Refuse): number {
  const known = [UNCHAINED_VERSION, BEFORE_REFERENCES_VERSION, FORMAT_VERSION].find((one) => one === version);
  if (known !== undefined) return known;
  throw refuse(
    `Expected an export of version ${FORMAT_VERSION}; got ${String(version)}, written by doctrine-wire ` +
      `${String(doctrineWire)}. Import it with that version.`,
  );
}

async function* wholeLines(
  source: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<{ text: string; line: number }> {
  let text = '';
  for await (const part of readLines(source, onChunk)) {
    if (part.foreign)
      throw new MalformedFileError(source.name, part.line, 'Expected UTF-8, as the export was written.');
    text += part.text;
    if (text.length > 4 * MAX_ROW_LENGTH)
      throw new MalformedFileError(source.name, part.line, 'The line is too long.');
    if (!part.isEnd) continue;
    yield { text, line: part.line };
    text = '';
  }
  if (text !== '') yield { text, line: 0 };
}
