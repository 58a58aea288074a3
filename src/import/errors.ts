import { DomainError } from '../domain/errors.js';
import type { ImportProgress } from '../generated/prisma/client.js';

/** The mapping breaks rules. The message lists all of them. */
export class MappingError extends DomainError {
  override readonly name = 'MappingError';
  readonly code = 'BAD_MAPPING';
  readonly issues: readonly string[];

  /** @param issues Each begins with the line and the path in the mapping, e.g. `line 3: fields.headline: …`. */
  constructor(mapping: string, issues: readonly string[]) {
    super(`The mapping ${mapping} cannot be used.\n${issues.map((issue) => `  ${issue}`).join('\n')}`);
    this.issues = issues;
  }
}

/** A value of a row does not fit the mapping. It becomes a problem of the field that is made from it. */
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

/** `--resume` was given for another import than the one that was interrupted. */
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
      `This is not the import of ${JSON.stringify(dataset)} that was started: ${differences.join(', and ')}. That one, ` +
        `of ${files.join(', ')}, started ${startedAt.toISOString()} and was ${end}. Pass the ` +
        'same files to continue it, or drop --resume to start this one. Rows already in the record are skipped.',
    );
    this.dataset = dataset;
  }
}

/** The import ended before its last row. Committed blocks stay. */
export class ImportStoppedError extends DomainError {
  override readonly name = 'ImportStoppedError';
  readonly code = 'IMPORT_STOPPED';
  /** How many rows of the files are done. */
  readonly rows: number;

  constructor(rows: number, reason: string, options?: ErrorOptions) {
    super(
      rows === 0
        ? `The import stopped before its first block: ${reason}. Nothing was written; run it again.`
        : `The import stopped after ${rows} rows: ${reason}. They stay in the record: run the same command ` +
            'with --resume to continue.',
      options,
    );
    this.rows = rows;
  }
}
