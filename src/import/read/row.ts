import { shown } from '../../domain/input.js';
import type { ForeignText } from '../../files/encodings.js';
import type { ProblemKind } from '../report/problem-kinds.js';

/** One object of a JSON array, one line of NDJSON or one record of CSV. */
export interface Row {
  readonly file: string;
  /** The line, from 1, on which the row begins. */
  readonly line: number;
  /** Its number in all files, from 1. */
  readonly number?: number;
  /** The objects around it in JSON, the nearest first. */
  readonly parents?: readonly unknown[];
  /** The row's keys; empty if it has a defect. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The reason why the row cannot be read, although the next one can. */
  readonly defect?: Defect;
}

/** A fault in one field of a row. */
export interface Defect {
  /** The path in the development or actor, e.g. `participants.0.actor`; `row` for the whole row, `id` for its id. */
  readonly field: string;
  readonly value: unknown;
  /** The expectation, and the advice unless it is obvious. */
  readonly reason: string;
  readonly kind: ProblemKind;
}

/** A defect with its row, as reports show it. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  /** The row's id in its data set. */
  readonly id: string | null;
  readonly field: string;
  /** The columns or keys that the field is made from; empty if they are many. */
  readonly columns: readonly string[];
  /** The value as JSON, cut to 80 characters; null if the row has none. */
  readonly value: string | null;
  readonly kind: ProblemKind;
  readonly reason: string;
}

export function problemOf(
  { file, line }: Row,
  id: string | undefined,
  { field, value, reason, kind }: Defect,
  columns: readonly string[] = [],
): Problem {
  const told = value === undefined ? null : shown(value);
  return { file, line, id: id ?? null, field, columns, value: told, kind, reason };
}

/** Makes a row of a parsed value. Anything but an object is a defect. */
export function rowOf(file: string, line: number, value: unknown, parents: readonly unknown[] = []): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { file, line, parents, values: value as Record<string, unknown> };
  }
  const reason = `Expected an object with named values; got ${Array.isArray(value) ? 'a list' : typeof value}.`;
  return { file, line, values: {}, defect: { field: 'row', value, reason, kind: 'NO_OBJECT' } };
}

/** Returns the defect of a row whose bytes are not UTF-8. */
export function foreignBytes({ encodings: [first, ...others], text }: ForeignText): Defect {
  const also = others.length === 0 ? '' : ` It could also be ${others.join(' or ')}.`;
  const what =
    first === undefined
      ? 'Not UTF-8, and the bytes do not show which encoding it is.'
      : `Not UTF-8. The text shown is the bytes decoded as ${first}, in which they are words.${also}`;
  const remedy = `Say \`encoding: ${first ?? '…'}\` in the mapping if the whole file is in it, or save the file as UTF-8.`;
  return { field: 'row', value: text, reason: `${what} ${remedy}`, kind: 'WRONG_BYTES' };
}
