import type { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { parseInput } from '../input.js';
import { type Writer, write } from '../write.js';

/** Where an upsert left its row. */
export type Upserted = { id: string };

/** Makes or changes one kind of thing that has a slug. */
export interface Upsert<Input> {
  /**
   * Makes the thing, or changes the one that has the slug. What is not given stays; null empties it.
   *
   * @throws {InvalidInputError}
   * @throws {UnknownSlugError} For a slug that the input refers to.
   * @throws {IdempotencyKeyReusedError}
   */
  (writer: Writer, input: Input, idempotencyKey?: string | null): Promise<Upserted>;
  /** The same, inside a transaction. */
  within(tx: Transaction, input: Input): Promise<Upserted>;
}

export function defineUpsert<Schema extends z.ZodType>(
  operation: string,
  schema: Schema,
  save: (tx: Transaction, fields: z.output<Schema>) => Promise<Upserted>,
): Upsert<z.input<Schema>> {
  const within = (tx: Transaction, input: z.input<Schema>) => save(tx, parseInput(schema, input));
  const upsert = (writer: Writer, input: z.input<Schema>, idempotencyKey?: string | null) => {
    const fields = parseInput(schema, input);
    return write(writer, { operation, input, idempotencyKey }, async (tx) => ({
      result: await save(tx, fields),
      feed: [],
      references: true,
    }));
  };
  return Object.assign(upsert, { within });
}

/** An object without the keys whose values are undefined: what an update is to leave alone. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
