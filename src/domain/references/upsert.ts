import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import type { NewFeedEntry } from '../../feed/position.js';
import { Prisma } from '../../generated/prisma/client.js';
import { InvalidInputError, RevisionConflictError } from '../errors.js';
import { parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { type ReferenceAuthorship, recordReferences } from './history/record.js';
import { REFERENCE_KINDS, type ReferenceOwner } from './lookup.js';

/** The created or updated object, and its revision after the write. */
export type Upserted = {
  id: string;
  revision: number;
  /** Set if nothing changed, so that no revision was written. */
  isUnchanged?: true;
};

export interface UpsertOptions {
  /** The reason, which stands in the revision. At most 2,000 characters. */
  readonly reason?: string | null | undefined;
  /** The revision the caller has seen; 0 for an object that must be new. Another one is a conflict. */
  readonly expectedRevision?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** An object written within a transaction. */
interface UpsertedWithin {
  readonly result: Upserted;
  /** The entry to append, if it changed. */
  readonly feed: readonly NewFeedEntry[];
}

/** Creates or updates objects of one type with a slug. */
export interface Upsert<Input> {
  /**
   * Creates the object, or updates the one with the slug. Omitted fields stay; null clears. Writes a revision, unless
   * nothing changes.
   *
   * @throws {InvalidInputError} Also if the object was merged into another one.
   * @throws {UnknownSlugError} For a slug in the input.
   * @throws {RevisionConflictError}
   * @throws {IdempotencyKeyReusedError}
   */
  (writer: Writer, input: Input, options?: UpsertOptions): Promise<Upserted>;
  /** The same, within a transaction that appends the entry. */
  within(
    tx: Transaction,
    input: Input,
    authorship: ReferenceAuthorship,
    expectedRevision?: number | null,
  ): Promise<UpsertedWithin>;
}

const optionsInput = z.strictObject({ reason: text(2_000).nullish(), expectedRevision: z.int().nullish() });

/** @param save Writes the rows of the object, and locks its own. */
export function defineUpsert<Schema extends z.ZodType>(
  owner: ReferenceOwner,
  schema: Schema,
  save: (tx: Transaction, fields: z.output<Schema>) => Promise<{ readonly id: string }>,
): Upsert<z.input<Schema>> {
  const within = async (
    tx: Transaction,
    input: z.input<Schema>,
    authorship: ReferenceAuthorship,
    expectedRevision?: number | null,
  ): Promise<UpsertedWithin> => {
    const fields = parseInput(schema, input);
    const { slug } = fields as { readonly slug: string };
    const refuseOther = (current: number) => {
      if (expectedRevision == null || expectedRevision === current) return;
      throw new RevisionConflictError(slug, expectedRevision, current, owner);
    };
    await refuseMerged(tx, owner, slug);
    if (expectedRevision != null) refuseOther(await readRevision(tx, owner, slug));
    const { id } = await save(tx, fields);
    const { references, feed } = await recordReferences(tx, [{ owner, ids: [id] }], authorship);
    const [{ revision, before } = { revision: 0, before: 0 }] = references;
    refuseOther(before); // Another transaction may have come before the lock.
    return { result: { id, revision, ...(revision === before && { isUnchanged: true }) }, feed };
  };
  const upsert = (writer: Writer, input: z.input<Schema>, options: UpsertOptions = {}) => {
    parseInput(schema, input);
    const { idempotencyKey, ...others } = options;
    const { reason = null, expectedRevision = null } = parseInput(optionsInput, others);
    const isPlain = reason === null && expectedRevision === null;
    const request = {
      operation: `upsert${owner}`,
      input: isPlain ? input : { input, reason, expectedRevision },
      idempotencyKey,
    };
    const { editor, at } = writer;
    return write(writer, request, async (tx) => ({
      ...(await within(tx, input, { editor, reason, at }, expectedRevision)),
      references: true,
    }));
  };
  return Object.assign(upsert, { within });
}

/** Reads the number of the newest revision; 0 if the record has no object with the slug. */
async function readRevision(tx: Transaction, owner: ReferenceOwner, slug: string): Promise<number> {
  const [newest] = await read<{ number: number }>(
    tx,
    Prisma.sql`
    SELECT number FROM reference_revision
    WHERE reference_id = (SELECT id FROM ${Prisma.raw(REFERENCE_KINDS[owner].table)} WHERE slug = ${slug})
    ORDER BY number DESC LIMIT 1`,
  );
  return newest?.number ?? 0;
}

/** @throws {InvalidInputError} If the object with the slug was merged into another one. */
async function refuseMerged(tx: Transaction, owner: ReferenceOwner, slug: string): Promise<void> {
  if (owner === 'Treaty') return; // Treaties are never merged.
  const table = Prisma.raw(REFERENCE_KINDS[owner].table);
  const [survivor] = await read<{ slug: string }>(
    tx,
    Prisma.sql`
    SELECT survivor.slug FROM ${table} AS it
    JOIN merged_reference AS merged ON merged.id = it.id
    JOIN ${table} AS survivor ON survivor.id = merged.survivor_id WHERE it.slug = ${slug}`,
  );
  if (!survivor) return;
  const message = `Expected a slug that was not merged; "${slug}" was merged into "${survivor.slug}". Change "${survivor.slug}", or undo the merge.`;
  throw InvalidInputError.at('slug', message);
}

/** Removes keys with undefined values, which an update must not touch. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
