import { DomainError } from '../errors.js';
import type { ProposalOutcome } from './outcome.js';

/** Some proposals cannot be decided as asked. Nothing was decided. */
export class DecisionsRefusedError extends DomainError {
  override readonly name = 'DecisionsRefusedError';
  readonly code = 'DECISIONS_REFUSED';
  readonly path = 'proposals';
  readonly failing: readonly ProposalOutcome[];

  constructor(failing: readonly ProposalOutcome[], count: number) {
    super(
      `${failing.length} of ${count} proposals cannot be accepted or rejected as asked, so nothing was changed. Leave them out, or set ` +
        'skipFailing to decide about the others.',
    );
    this.failing = failing;
  }
}
