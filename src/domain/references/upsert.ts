import type { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { parseInput } from '../input.js';
import { type Writer, write } from '../write.js';

/** The created or updated row. */
export type Upserted = { id: string };

/** Creates or updates objects of one type with a slug. */
export interface Upsert<Input> {
  /**
   * Creates the object, or updates the one with the slug. Omitted fields stay; null clears.
   *
   * @throws {InvalidInputError}
   * @throws {UnknownSlugError} For a slug in the input.
   * @throws {IdempotencyKeyReusedError}
   */
  (writer: Writer, input: Input, idempotencyKey?: string | null): Promise<Upserted>;
  /** The same, within a transaction. */
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

/** Removes keys with undefined values, which an update must not touch. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
