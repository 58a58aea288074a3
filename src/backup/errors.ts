import { DomainError } from '../domain/errors.js';

/** An export is restored into an empty record only, because its ids, slugs and positions could collide. */
export class RecordNotEmptyError extends DomainError {
  override readonly name = 'RecordNotEmptyError';
  readonly code = 'RECORD_NOT_EMPTY';

  constructor(found: readonly string[]) {
    super(
      `Expected an empty record for an export; this one has ${found.join(', ')}. Nothing was written. Name a new ` +
        'database with DATABASE_URL, or a new directory with DATA_DIR; if an import of this export was ' +
        'interrupted, go on with --resume.',
    );
  }
}
