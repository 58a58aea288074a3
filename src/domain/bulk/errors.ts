import { DomainError } from '../errors.js';
import type { BulkOutcome } from './outcome.js';

/** Some developments of a bulk change cannot be changed, so none was. */
export class BulkRefusedError extends DomainError {
  override readonly name = 'BulkRefusedError';
  readonly code = 'BULK_REFUSED';
  readonly path = 'items';
  readonly failing: readonly BulkOutcome[];

  constructor(failing: readonly BulkOutcome[], count: number) {
    super(
      `${failing.length} of ${count} developments cannot be changed, so none was. Leave them out, or set skipFailing ` +
        'to change the others.',
    );
    this.failing = failing;
  }
}

/** No bulk change has the id. */
export class UnknownBulkError extends DomainError {
  override readonly name = 'UnknownBulkError';
  readonly code = 'UNKNOWN_BULK';
  readonly path = 'bulk';

  constructor() {
    super('No bulk change has this key. List them with bulkActs. A restored record has none.');
  }
}
