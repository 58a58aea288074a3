import { DomainError } from '../domain/errors.js';
import type { ImportProgress } from '../generated/prisma/client.js';

/** The mapping does not say what an import can do; every rule that it breaks is listed. */
export class MappingError extends DomainError {
  override readonly name = 'MappingError';
  readonly code = 'BAD_MAPPING';
  readonly issues: readonly string[];

  /** @param issues Each begins with the path in the mapping, e.g. `fields.headline: …`. */
  constructor(mapping: string, issues: readonly string[]) {
    super(`The mapping ${mapping} cannot be used.\n${issues.map((issue) => `  ${issue}`).join('\n')}`);
    this.issues = issues;
  }
}

/** A value of a row is not what the mapping expects; it becomes a problem of the field being made. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
  readonly value: unknown;
  readonly kind: 'BAD_VALUE' | 'BAD_DATE';

  constructor(value: unknown, reason: string, kind: ValueError['kind'] = 'BAD_VALUE') {
    super(reason);
    this.value = value;
    this.kind = kind;
  }
}

/** The import that is to go on is not the one that was begun. */
export class ResumeError extends DomainError {
  override readonly name = 'ResumeError';
  readonly code = 'NOT_RESUMABLE';
  readonly dataset: string;

  constructor(
    dataset: string,
    { files, rows, startedAt, finishedAt }: ImportProgress,
    differences: readonly string[],
  ) {
    const end = finishedAt ? `finished ${finishedAt.toISOString()}` : `interrupted after ${rows} rows`;
    super(
      `This is not the import of ${JSON.stringify(dataset)} that was begun: ${differences.join(', and ')}. That one, ` +
        `of ${files.join(', ')}, began ${startedAt.toISOString()} and was ${end}. Go on with what it read, or run ` +
        'this one without --resume: rows that the record has are passed over.',
    );
    this.dataset = dataset;
  }
}

/** The import ended before its last row; what was committed stays. */
export class ImportStoppedError extends DomainError {
  override readonly name = 'ImportStoppedError';
  readonly code = 'IMPORT_STOPPED';
  /** How many rows of the files are done. */
  readonly rows: number;

  constructor(rows: number, reason: string, options?: ErrorOptions) {
    super(
      rows === 0
        ? `The import stopped before its first block: ${reason}. Nothing was written; run it again.`
        : `The import stopped after ${rows} rows: ${reason}. What these came to stays in the record: run the same ` +
            'command with --resume to go on.',
      options,
    );
    this.rows = rows;
  }
}
