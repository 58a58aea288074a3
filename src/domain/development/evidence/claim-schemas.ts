import { z } from 'zod';
import { ChangeType } from '../../../generated/prisma/enums.js';
import { fuzzyDate, parseInput, shown, slugsOf } from '../../input.js';
import {
  doctrineText,
  MAX_PARTICIPANTS,
  offices,
  places,
  quantities,
  range,
  words,
} from '../content/field-schemas.js';
import type { ClaimField } from '../content/vocabulary.js';
import { type ClaimValue, type ClaimValues, isLegible } from './claim-values.js';

const edtf = fuzzyDate.transform((date) => date.edtf);

const filled = <T extends z.ZodType<readonly unknown[]>>(list: T) =>
  list.refine((items) => items.length > 0, { error: 'Expected at least one item; got none.' });

const SCHEMAS: { readonly [F in ClaimField]: z.ZodType<ClaimValues[F]> } = {
  OCCURRED: edtf,
  PLACES: filled(places),
  QUANTITIES: filled(quantities),
  RANGE: range,
  SPEAKER: filled(slugsOf(MAX_PARTICIPANTS)),
  ROLE: filled(offices),
  QUOTATION: words,
  CHANGE_TYPE: z.enum(ChangeType),
  EFFECTIVE_DATE: edtf,
  BEFORE: doctrineText,
  AFTER: doctrineText,
};

/** Describes the format of each field's value, for error messages. */
const FORMS: Readonly<Record<ClaimField, string>> = {
  OCCURRED: 'an EDTF date such as "2019-08-02"',
  PLACES:
    'a list of places such as [{ "name": "Kapustin Yar", "countryCode": "RU", "precision": "LOCALITY" }]',
  QUANTITIES: 'a list of quantities such as [{ "name": "missiles", "low": 10, "high": 14 }]',
  RANGE: 'a range in km such as { "low": 500, "high": 5500 }',
  SPEAKER: 'a list of slugs of actors such as ["sergei-ryabkov"]',
  ROLE: 'a list of offices such as [{ "actor": "sergei-ryabkov", "capacity": "Deputy Foreign Minister" }]',
  QUOTATION: 'text',
  CHANGE_TYPE: `one of ${Object.values(ChangeType).join(', ')}`,
  EFFECTIVE_DATE: 'an EDTF date such as "2019-08-02"',
  BEFORE: 'text',
  AFTER: 'text',
};

/** The only kind of development with the field. Fields that are not listed belong to all kinds. */
const KINDS: { readonly [F in ClaimField]?: 'EVENT' | 'STATEMENT' | 'DOCTRINE_CHANGE' } = {
  PLACES: 'EVENT',
  QUANTITIES: 'EVENT',
  RANGE: 'EVENT',
  SPEAKER: 'STATEMENT',
  ROLE: 'STATEMENT',
  QUOTATION: 'STATEMENT',
  CHANGE_TYPE: 'DOCTRINE_CHANGE',
  EFFECTIVE_DATE: 'DOCTRINE_CHANGE',
  BEFORE: 'DOCTRINE_CHANGE',
  AFTER: 'DOCTRINE_CHANGE',
};

/** Returns why a kind of development cannot have a claim about the field; undefined if it can. */
export function whyNotOn(field: ClaimField, kind: string): string | undefined {
  const only = KINDS[field] ?? kind;
  return only === kind ? undefined : `Expected a field of ${kind}; only ${only} has ${field}.`;
}

/**
 * Parses the value of a claim.
 *
 * @throws {InvalidInputError} At `path` and below.
 */
export function parseClaimValue<F extends ClaimField>(
  field: F,
  value: unknown,
  path = 'value',
): ClaimValues[F] {
  const schema = z.unknown().transform((given, context) => readValue(field, given, [], context));
  return parseInput(schema, value, path) as ClaimValues[F];
}

/** Parses the value of a claim at the end of a schema. */
export function withValueRead<C extends { readonly field: ClaimField; readonly value: unknown }>(
  claim: C,
  context: z.RefinementCtx,
): Omit<C, 'value'> & { value: ClaimValue } {
  return { ...claim, value: readValue(claim.field, claim.value, ['value'], context) };
}

function readValue(field: ClaimField, value: unknown, at: string[], context: z.RefinementCtx): ClaimValue {
  const parsed = SCHEMAS[field].safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const { code, path, message } = issue;
    const isAltogetherOther = path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
    context.addIssue({
      code: 'custom',
      path: [...at, ...path],
      message: isAltogetherOther ? `Expected ${FORMS[field]}; got ${shown(value)}.` : message,
      ...(code === 'custom' && { params: issue.params }),
    });
  }
  return z.NEVER;
}

/** Returns the slugs of actors in claims. */
export function actorsIn(
  claims: readonly { readonly field: ClaimField; readonly value: unknown }[],
): string[] {
  return claims.flatMap(({ field, value }) => {
    if (!isLegible(field, value)) return [];
    if (field === 'SPEAKER') return value as ClaimValues['SPEAKER'];
    if (field === 'ROLE') return (value as ClaimValues['ROLE']).map(({ actor }) => actor);
    return [];
  });
}
