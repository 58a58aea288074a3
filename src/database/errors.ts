import { Prisma } from '../generated/prisma/client.js';
import { StartError } from '../start-error.js';

/** The database cannot be opened. The message says why and what to do. */
export class DatabaseStartError extends StartError {
  override readonly name: string = 'DatabaseStartError';
}

/** Another living process has the embedded database's directory open. */
export class DataDirectoryLockedError extends DatabaseStartError {
  override readonly name = 'DataDirectoryLockedError';
  readonly directory: string;
  readonly pid: number;

  constructor(directory: string, pid: number) {
    super(
      `The data directory ${directory} is in use by process ${pid}, and the embedded database allows one. ` +
        'Stop that process, set another DATA_DIR, or set DATABASE_URL to share a PostgreSQL database.',
    );
    this.directory = directory;
    this.pid = pid;
  }
}

/** A migration failed, or another version of doctrine-wire made the database. */
export class MigrationError extends DatabaseStartError {
  override readonly name = 'MigrationError';
}

/** Returns the database's own message of an error, without Prisma's report. */
export function databaseMessage(error: unknown): string {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const meta = error.meta as { driverAdapterError?: { cause?: { originalMessage?: string } } } | undefined;
    return (
      meta?.driverAdapterError?.cause?.originalMessage ??
      `${error.code} in ${error.meta?.['modelName'] ?? 'SQL'}`
    );
  }
  return error instanceof Error ? error.message : String(error);
}
