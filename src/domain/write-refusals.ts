import { databaseMessage } from '../database/errors.js';
import { sqlStateOf } from '../database/sql-state.js';
import { DomainError } from './errors.js';

/** The record takes no write now. Its operator must do something about it; readers notice nothing. */
export abstract class WritesRefusedError extends DomainError {}

/** The clock is behind the last entry of the feed, or an entry has a time in the future. */
class ClockBehindError extends WritesRefusedError {
  override readonly name = 'ClockBehindError';
  readonly code = 'CLOCK_BEHIND';

  constructor(cause: unknown) {
    super(
      `${databaseMessage(cause)}: nothing was written, because times of the feed never go back. The operator must set ` +
        "the database's clock right. If the feed's time is wrong, a write came while the clock was ahead: see Clocks " +
        'in docs/operations.md.',
      { cause },
    );
  }
}

/** A newer version has migrated the database. */
export class RecordIsNewerError extends WritesRefusedError {
  override readonly name = 'RecordIsNewerError';
  readonly code = 'RECORD_IS_NEWER';

  constructor() {
    super(
      'A newer version of doctrine-wire has migrated the database, so this instance only reads. Try again: another ' +
        'instance may answer.',
    );
  }
}

/** The SQLSTATE of the trigger on feed_head. */
const FUTURE_TIME = 'DW001';

/** Returns the error to throw for one that the database has raised. */
export function refusalOf(error: unknown): unknown {
  return sqlStateOf(error) === FUTURE_TIME ? new ClockBehindError(error) : error;
}
