import { DomainError } from '../../domain/errors.js';

/** The address may not be fetched: it is no http or https address, has a user name, or leads to a private address. */
export class RefusedAddressError extends DomainError {
  override readonly name = 'RefusedAddressError';
  readonly code = 'REFUSED_ADDRESS';
}

/** The address could be fetched, and was not: nobody answers, the answer is too large or slow, or has an error status. */
export class FetchFailedError extends DomainError {
  override readonly name = 'FetchFailedError';
  readonly code = 'FETCH_FAILED';
  /** The status of the answer, if there was one. */
  readonly status: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly status?: number | undefined } = {}) {
    super(message, options);
    this.status = options.status;
  }
}
