import { z } from 'zod';
import { insertMany, type SqlTransaction } from '../../../database/bulk-write.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { language, listOf, name } from '../../input.js';
import { nameVector } from '../../search/vector.js';
import { trimText } from '../../trim-text.js';

const { raw, sql } = Prisma;

/** As many other names as a reference has. */
export const MOST_NAMES = 100;

/** The schema of a Wikidata item. */
export const wikidataId = z
  .string()
  .overwrite(trimText)
  .regex(/^Q[1-9]\d{0,11}$/, 'Expected a Wikidata item such as "Q159".');

/** The schema of the alternative names of a reference. @param longest In characters. */
export const otherNames = (longest: number) =>
  listOf(z.strictObject({ name: name(longest), language: language.nullish() }), MOST_NAMES);

/** The types of references with a table of names in languages. */
export type NamedOwner = 'Actor' | 'Topic' | 'Source';

/** The table of names of each type, and the field and column with the id of the reference. */
export const NAME_TABLES = {
  Actor: { table: 'actor_name', field: 'actorId', column: 'actor_id' },
  Topic: { table: 'topic_name', field: 'topicId', column: 'topic_id' },
  Source: { table: 'source_name', field: 'sourceId', column: 'source_id' },
} as const satisfies Readonly<Record<NamedOwner, { table: string; field: string; column: string }>>;

/** A name, and its language: a BCP 47 tag, null or empty if unknown. */
interface OtherName {
  readonly name: string;
  readonly language?: string | null | undefined;
}

/** Returns the row of a name. */
export const nameRow = (
  owner: NamedOwner,
  id: string,
  { name, language }: OtherName,
  ordinal: number,
): object => ({
  [NAME_TABLES[owner].field]: id,
  name,
  nameWords: nameVector(name, language || null),
  language: language ?? '',
  ordinal,
});

/**
 * Replaces the alternative names of a reference, unless there are none given.
 *
 * @returns All that it has then.
 */
export async function saveNames(
  tx: SqlTransaction,
  owner: NamedOwner,
  id: string,
  names: readonly OtherName[] | null | undefined,
): Promise<readonly string[]> {
  const { table, column } = NAME_TABLES[owner];
  if (names === undefined) {
    const rows = await tx.$queryRaw<{ name: string }[]>(
      sql`SELECT name FROM ${raw(table)} WHERE ${raw(column)} = ${id}::uuid`,
    );
    return rows.map((row) => row.name);
  }
  const given = names ?? [];
  await tx.$executeRaw(sql`DELETE FROM ${raw(table)} WHERE ${raw(column)} = ${id}::uuid`);
  await insertMany(
    tx,
    table,
    given.map((one, ordinal) => nameRow(owner, id, one, ordinal)),
    'keep',
  );
  return given.map((one) => one.name);
}
