import { readFuzzyDate } from '../domain/dates/fuzzy-date.js';
import {
  type ClaimContent,
  canonical,
  type DevelopmentContent,
  kindOf,
} from '../domain/development/content/content.js';
import { parseClaimValue, whyNotOn } from '../domain/development/evidence/claim-schemas.js';
import { InvalidInputError } from '../domain/errors.js';

const known = new WeakMap<ClaimContent, { readonly why: string | undefined }>();

/** Returns the problem of a claim's value; undefined if it is valid. Old revisions can contain any text. */
export function whyUnreadable(claim: ClaimContent): string | undefined {
  const read = known.get(claim) ?? { why: findFault(claim) };
  known.set(claim, read);
  return read.why;
}

function findFault({ field, value }: ClaimContent): string | undefined {
  const isDate = field === 'OCCURRED' || field === 'EFFECTIVE_DATE';
  if (isDate && typeof value === 'string' && readFuzzyDate(value)?.edtf === value) return undefined;
  try {
    const kept = parseClaimValue(field, value);
    return canonical(kept) === canonical(value) ? undefined : `Expected it as ${canonical(kept)}.`;
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues.map(({ message }) => message).join(' ');
    throw error;
  }
}

export const isReadable = (claim: ClaimContent): boolean => whyUnreadable(claim) === undefined;

/** Returns claims about fields of the development with valid values. */
export const soundClaims = (content: DevelopmentContent): ClaimContent[] =>
  content.claims.filter((claim) => isReadable(claim) && whyNotOn(claim.field, kindOf(content)) === undefined);
