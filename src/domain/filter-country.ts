import type { Transaction } from '../database/open.js';
import { Prisma } from '../generated/prisma/client.js';
import { countryCode, parseInput } from './input.js';

const { sql } = Prisma;

/** The ids of the actors that belong to countries, by country. */
export type Natives = ReadonlyMap<string, readonly string[]>;

/** Above so many actors a row's are looked up among them by hash: comparing each with each would take longer. */
const MANY = 1_000;

/**
 * The actors that belong to the countries as of now: one statement, and none where no country is named.
 *
 * @throws {InvalidInputError} For what is no country code.
 */
export async function findNatives(db: Transaction, codes: readonly string[]): Promise<Natives> {
  const natives = new Map<string, string[]>();
  if (codes.length === 0) return natives;
  const wanted = [...new Set(codes.map((code) => parseInput(countryCode, code, 'country')))];
  const rows = await db.actor.findMany({
    where: { countryCode: { in: wanted } },
    select: { id: true, countryCode: true },
    orderBy: { id: 'asc' },
  });
  for (const { id, countryCode: code } of rows) {
    if (code !== null) natives.set(code, [...(natives.get(code) ?? []), id]);
  }
  return natives;
}

/**
 * A participant belongs to one of the countries, or a place lies in one.
 *
 * The actors stand in the condition, and are not looked for in each row: so an index finds the rows of a
 * country that has few, and the planner knows of one that has many.
 */
export function inCountries(codes: readonly string[], natives: Natives): Prisma.Sql {
  const ids = [...new Set(codes.flatMap((code) => natives.get(code) ?? []))];
  const places = sql`it.place_countries && ${[...codes]}::text[]`;
  if (ids.length === 0) return places;
  const actors =
    ids.length > MANY
      ? sql`EXISTS (SELECT FROM unnest(it.actor_ids) AS actor WHERE actor = ANY (${ids}::uuid[]))`
      : sql`it.actor_ids && ${ids}::uuid[]`;
  return sql`(${places} OR ${actors})`;
}
