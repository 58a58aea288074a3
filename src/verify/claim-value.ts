import { readFuzzyDate } from '../domain/dates/fuzzy-date.js';
import { canonical } from '../domain/development/canonical.js';
import { parseClaimValue, whyNotOn } from '../domain/development/claim-schemas.js';
import { type ClaimContent, type DevelopmentContent, kindOf } from '../domain/development/content.js';
import { InvalidInputError } from '../domain/errors.js';

const known = new WeakMap<ClaimContent, { readonly why: string | undefined }>();

/**
 * What is wrong with the value of a claim; undefined where the field takes it. Revisions from before values
 * were checked may have any text.
 */
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

/** The claims on fields that the development has, with values that the fields take. */
export const soundClaims = (content: DevelopmentContent): ClaimContent[] =>
  content.claims.filter((claim) => isReadable(claim) && whyNotOn(claim.field, kindOf(content)) === undefined);
