/** The kinds of problems of rows, by which reports count. Each says what a field has, and what to do about it. */
export const PROBLEM_KINDS = {
  TOO_FEW_CELLS: {
    says: 'fewer cells than the file has columns',
    remedy: 'Look for a line break that cuts the row in two, and for a missing cell.',
  },
  TOO_MANY_CELLS: {
    says: 'more cells than the file has columns',
    remedy: 'Put cells that contain the delimiter in quotes.',
  },
  WRONG_BYTES: {
    says: 'bytes that are not UTF-8',
    remedy: 'Say the `encoding:` of the file in the mapping, or save these lines as UTF-8.',
  },
  NUL_CHARACTER: { says: 'a NUL character', remedy: 'Remove it.' },
  STRAY_QUOTE: {
    says: 'a quote that does not match',
    remedy: 'Double quotes within a quoted cell, and quote cells that contain quotes.',
  },
  BAD_JSON: { says: 'not JSON', remedy: 'Write each row as one JSON object on a line of its own.' },
  NO_OBJECT: { says: 'not an object with named values', remedy: 'Write each row as a JSON object.' },
  NO_VALUE: { says: 'no value', remedy: 'Fill it in, or leave the row out.' },
  BAD_DATE: {
    says: 'a date that cannot be',
    remedy: 'Correct it, or say in the mapping how dates are written (as: date, format: …).',
  },
  BAD_VALUE: { says: 'an invalid value', remedy: 'Correct it, or transform it in the mapping.' },
  REPEATED_ID: {
    says: 'an id that an earlier row has',
    remedy: 'Remove one of the two, or give it another id.',
  },
  NO_ID: { says: 'no id', remedy: 'Give each row an id, by which another import recognizes it.' },
  AMBIGUOUS_NAME: { says: 'a name that several references have', remedy: 'Give the slug of one.' },
  UNKNOWN_SLUG: {
    says: 'a slug that the record does not have',
    remedy: 'Create it first, or correct the slug.',
  },
  TAKEN_SLUG: { says: 'a slug that is taken', remedy: 'Choose another, or let the import choose one.' },
  EDITED_SINCE: {
    says: 'a value that an editor has changed since (a notice)',
    remedy: 'Accept or reject the proposal on the desk, or let the file say the same.',
  },
  DIFFERS: {
    says: 'another value than the record has (a notice)',
    remedy: 'Say `existing: revise` in the mapping to revise the record.',
  },
  GONE: {
    says: 'a row of an earlier import that the files no longer have (a notice)',
    remedy: 'Say `missing: retract` in the mapping to retract such developments.',
  },
  SIMILAR_NAME: {
    says: 'a new name that is like one of the record (a notice)',
    remedy: 'If they are the same, give the name to the one of the record, and import again.',
  },
  NO_LETTERS: {
    says: 'a name without letters or digits (a notice)',
    remedy: 'Give a slug in the mapping (slug: …).',
  },
  BROKEN_RULE: { says: 'a value that does not fit the others', remedy: 'See the reasons of the rows.' },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly remedy: string }>>;

export type ProblemKind = keyof typeof PROBLEM_KINDS;
