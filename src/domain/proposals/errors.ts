import { DomainError } from '../errors.js';
import type { DecidedProposal } from './decided-proposal.js';

/** Some proposals cannot be decided as asked. Nothing was decided. */
export class DecisionsRefusedError extends DomainError {
  override readonly name = 'DecisionsRefusedError';
  readonly code = 'DECISIONS_REFUSED';
  readonly path = 'proposals';
  readonly failing: readonly DecidedProposal[];

  constructor(failing: readonly DecidedProposal[], count: number) {
    super(
      `${failing.length} of ${count} proposals cannot be accepted or rejected as asked, so nothing was changed. Leave them out, or set ` +
        'skipFailing to decide about the others.',
    );
    this.failing = failing;
  }
}
