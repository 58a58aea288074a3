import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { DomainError } from '../../domain/errors.js';
import { Prisma } from '../../generated/prisma/client.js';

/** A run of an import. */
export interface Run {
  readonly dataset: string;
  /** Its number within the data set, from 1. */
  readonly number: number;
}

/** A run with the revisions that it wrote. */
export interface WrittenRun extends Run {
  readonly revisions: number;
  readonly at: Date;
}

/** The data set has no such run, or the run has no such name. */
class UnknownRunError extends DomainError {
  override readonly name = 'UnknownRunError';
  readonly code = 'UNKNOWN_RUN';
}

/** Reads the name of a run, such as `speeches@3`. @throws {UnknownRunError} */
export function parseRun(name: string): Run {
  const match = /^(:links|[a-z0-9][a-z0-9._-]*)@([1-9]\d{0,8})$/.exec(name);
  if (match) return { dataset: match[1] ?? '', number: Number(match[2]) };
  throw new UnknownRunError(
    `Expected the name of a run, such as speeches@3; got ${JSON.stringify(name)}. List the runs of a data set with ` +
      '`doctrine-wire undo DATASET`.',
  );
}

/** Finds the runs of a data set that wrote revisions, the first one first. Reads all revisions. */
export async function findRuns(db: Transaction, dataset: string): Promise<WrittenRun[]> {
  const prefix = `${dataset}@`;
  const rows = await read<{ run: string; revisions: number; at: Date }>(
    db,
    Prisma.sql`
      SELECT act AS run, count(*)::int AS revisions, min(recorded_at) AS at FROM revision
      WHERE starts_with(act, ${prefix}) GROUP BY act`,
  );
  return rows
    .map(({ run, revisions, at }) => ({ dataset, number: Number(run.slice(prefix.length)), revisions, at }))
    .toSorted((one, other) => one.number - other.number);
}

/** @throws {UnknownRunError} With the runs that there are. */
export async function refuseUnknownRun(db: Transaction, { dataset, number }: Run): Promise<never> {
  const runs = await findRuns(db, dataset);
  const known = runs.map((run) => run.number).join(', ') || 'none';
  throw new UnknownRunError(
    `No revision is from the run ${dataset}@${number}. The runs of ${dataset} that wrote something: ${known}.`,
  );
}
