/**
 * The kinds of problems that rows have: what reports count by. A kind never changes its meaning. Each with what
 * it says of a field, and what a person does about it.
 */
export const PROBLEM_KINDS = {
  TOO_FEW_CELLS: {
    says: 'fewer cells than the file has columns',
    remedy: 'Look for a line break that cuts the row in two, and for a cell that is missing.',
  },
  TOO_MANY_CELLS: {
    says: 'more cells than the file has columns',
    remedy: 'Put cells that hold the delimiter in quotes.',
  },
  WRONG_BYTES: {
    says: 'bytes that are not UTF-8',
    remedy: 'Save the file as UTF-8, or these lines anew: they come from another encoding.',
  },
  NUL_CHARACTER: { says: 'a NUL character', remedy: 'Take it out: no text has one.' },
  STRAY_QUOTE: {
    says: 'a quote that does not match',
    remedy: 'Double quotes within a quoted cell, and quote cells that have quotes.',
  },
  BAD_JSON: { says: 'no JSON', remedy: 'Write each row as one JSON object on a line of its own.' },
  NO_OBJECT: { says: 'no object with named values', remedy: 'Write each row as a JSON object.' },
  NO_VALUE: { says: 'no value', remedy: 'Fill it in, or leave the row out.' },
  BAD_DATE: {
    says: 'a date that cannot be',
    remedy: 'Correct it, or say in the mapping how dates are written (as: date, format: …).',
  },
  BAD_VALUE: { says: 'a value that it cannot have', remedy: 'Correct it, or turn it in the mapping.' },
  REPEATED_ID: {
    says: 'an id that an earlier row has',
    remedy: 'Leave one of the two out, or give it another id.',
  },
  NO_ID: { says: 'no id', remedy: 'Give each row an id, by which another import knows it.' },
  AMBIGUOUS_NAME: { says: 'a name that several have', remedy: 'Name one by its slug.' },
  UNKNOWN_SLUG: {
    says: 'a slug that the record does not have',
    remedy: 'Make it first, or correct the slug.',
  },
  TAKEN_SLUG: { says: 'a slug that another has', remedy: 'Choose another, or let the import make one.' },
  BROKEN_RULE: { says: 'a value that does not go with the others', remedy: 'See the reasons of the rows.' },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly remedy: string }>>;

export type ProblemKind = keyof typeof PROBLEM_KINDS;
