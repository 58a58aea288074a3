import { OWNER_TERMS, type UnknownSlugError } from '../../domain/errors.js';

/** Tells the client why an answer without errors may not be what it expects. */
export interface Warning {
  readonly code: 'UNKNOWN_SLUG';
  /** The problem, and how to correct it. */
  readonly message: string;
  readonly owner: string;
  readonly slug: string;
  /** The path of the argument, e.g. `filter.topic`. */
  readonly argument: string;
}

/** How many warnings an answer carries: a filter may name hundreds of slugs. */
export const MAX_WARNINGS = 20;

/** The memory of a warning in the response cache, at most. Slugs have up to 120 characters. */
export const WARNING_BYTES = 1_000;

export const warningOf = ({ code, message, owner, slug, path }: UnknownSlugError): Warning => ({
  ...{ code, message, owner: OWNER_TERMS[owner], slug },
  argument: path,
});

/** Returns the warnings as a part of the extensions; nothing if there are none. */
export const warningsIn = ({ warnings }: { readonly warnings: readonly Warning[] }) =>
  warnings.length > 0 ? { warnings } : {};
