import { CREDIBILITY, capital, FIELDS, plain, ROLES } from '../../../wire/words.js';

const options = (values: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map((value) => [value, capital(plain(value))]));

export const EVENT_TYPES = options([
  ...['TREATY_ACTION', 'DEPLOYMENT', 'EXERCISE', 'TEST', 'PRODUCTION', 'STRIKE', 'NEGOTIATION', 'OTHER'],
]);

export const CHANGE_TYPES = options(['ADOPTED', 'AMENDED', 'SUSPENDED', 'ABANDONED', 'REAFFIRMED']);

export const CONFIDENCES = options(['HIGH', 'MODERATE', 'LOW']);

export const STANCES = options(['SUPPORTS', 'DISPUTES']);

export const CREDIBILITIES = Object.fromEntries(
  Object.entries(CREDIBILITY).map(([grade, words]) => [grade, `${grade}: ${words}`]),
);

export const CLAIM_RANKS = {
  PREFERRED: 'Preferred: sets the value',
  NORMAL: 'Normal',
  DEPRECATED: 'Set aside',
};

export const PRECISIONS = {
  EXACT: 'The exact place',
  LOCALITY: 'Somewhere in this town or base',
  REGION: 'Somewhere in this region',
  COUNTRY: 'Somewhere in this country',
};

export const PARTICIPANT_ROLES = ROLES;

/** The fields that claims can be about, by kind of development. */
export const CLAIM_FIELDS = {
  STATEMENT: claimFields('OCCURRED', 'SPEAKER', 'ROLE', 'QUOTATION'),
  EVENT: claimFields('OCCURRED', 'PLACES', 'QUANTITIES', 'RANGE'),
  DOCTRINE_CHANGE: claimFields('OCCURRED', 'EFFECTIVE_DATE', 'CHANGE_TYPE', 'BEFORE', 'AFTER'),
} as const;

function claimFields(...fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map((field) => [field, capital(FIELDS[field] ?? field)]));
}
