import { BadArgumentError } from '../domain/errors.js';
import { shown } from '../domain/input.js';

/** A total order. Its cursors contain the name and the values of the columns, the last of which is unique. */
export interface Order<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
}

interface Column<Row> {
  readonly field: string;
  readonly type: 'instant' | 'text' | 'uuid' | 'number';
  readonly direction: Direction;
  value(row: Row): Value;
}

export type Direction = 'asc' | 'desc';

export type Value = string | number | Date;

/** Returns the cursor of a row in a list of this order. */
export function encodePageCursor<Row>({ name, columns }: Order<Row>, row: Row): string {
  const values = columns.map(({ value }) => value(row));
  return Buffer.from(JSON.stringify([name, ...values])).toString('base64url');
}

/**
 * Returns the values that a cursor contains.
 *
 * @param argument The name of the argument, for the message.
 * @throws {BadArgumentError} For a cursor of another list or order, or no cursor at all.
 */
export function decodePageCursor<Row>(
  { name, columns }: Order<Row>,
  argument: string,
  cursor: string,
): Value[] {
  const refuse = (why: string) =>
    new BadArgumentError(
      argument,
      `Expected ${argument} to be a cursor of this list; ${why} ${shown(cursor)}.`,
    );
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refuse('got');
  }
  if (!Array.isArray(content) || content.length !== columns.length + 1) throw refuse('got');
  const [from, ...values] = content;
  if (from !== name) throw refuse('got one of another list or order:');
  return columns.map(({ type }, index) => {
    const value = readValue(type, values[index]);
    if (value === undefined) throw refuse('got');
    return value;
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// The format of JSON.stringify, in years that PostgreSQL supports.
const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Returns the value for the database; undefined if its type is wrong. */
function readValue(type: Column<never>['type'], value: unknown): Value | undefined {
  if (type === 'number') return Number.isSafeInteger(value) ? (value as number) : undefined;
  if (typeof value !== 'string') return undefined;
  if (type === 'uuid') return UUID.test(value) ? value : undefined;
  if (type === 'text') {
    return value.includes('\u0000') || !value.isWellFormed() || value.length > 1_000 ? undefined : value;
  }
  const instant = new Date(value);
  return INSTANT.test(value) && !Number.isNaN(instant.getTime()) ? instant : undefined;
}
