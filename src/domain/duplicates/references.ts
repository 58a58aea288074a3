import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { Comparable } from '../references/named/similar-keys.js';

const { raw, sql } = Prisma;

/** A reference of the record as suggestions compare it. */
export interface ComparedReference extends Comparable {
  readonly id: string;
  readonly slug: string;
}

const NO_CODES = 'NULL AS "countryCode", NULL AS "countryCode3"';
const NONE = `${NO_CODES}, NULL AS "wikidataId"`;

/** The names of a reference beside its usual one. */
const othersOf = (table: string, id: string) =>
  `ARRAY(SELECT other.name FROM ${table} AS other WHERE other.${id} = it.id ORDER BY ordinal, name, language)`;

const SELECTS: Readonly<Record<Comparable['owner'], Prisma.Sql>> = {
  Actor: raw(`SELECT id::text AS id, slug, kind::text AS kind,
    name || ${othersOf('actor_name', 'actor_id')} AS names,
    country_code AS "countryCode", country_code3 AS "countryCode3", wikidata_id AS "wikidataId", NULL AS url FROM actor AS it`),
  Topic:
    raw(`SELECT id::text AS id, slug, NULL AS kind, name || ${othersOf('topic_name', 'topic_id')} AS names,
    ${NO_CODES}, wikidata_id AS "wikidataId", NULL AS url FROM topic AS it`),
  Source:
    raw(`SELECT id::text AS id, slug, NULL AS kind, title || ${othersOf('source_name', 'source_id')} AS names,
    ${NO_CODES}, wikidata_id AS "wikidataId", url FROM source AS it`),
  Treaty:
    raw(`SELECT id::text AS id, slug, NULL AS kind, array_remove(ARRAY[name, abbreviation], NULL) AS names,
    ${NONE}, NULL AS url FROM treaty AS it`),
  WeaponSystem: raw(`SELECT id::text AS id, slug, NULL AS kind,
    name || ${othersOf('weapon_system_alias', 'weapon_system_id')} AS names, ${NONE}, NULL AS url FROM weapon_system AS it`),
  Doctrine: raw(
    `SELECT id::text AS id, slug, NULL AS kind, ARRAY[name] AS names, ${NONE}, NULL AS url FROM doctrine AS it`,
  ),
};

type Where = { readonly ids: readonly string[] } | { readonly slugs: readonly string[] };

/** Reads references with what is compared of them, by their ids. One SQL statement. */
export async function readCompared(
  db: Transaction,
  owner: Comparable['owner'],
  where: Where,
): Promise<Map<string, ComparedReference>> {
  const condition =
    'ids' in where
      ? sql`it.id = ANY (${[...where.ids]}::uuid[])`
      : sql`it.slug = ANY (${[...where.slugs]}::text[])`;
  const rows = await read<Omit<ComparedReference, 'owner'>>(db, sql`${SELECTS[owner]} WHERE ${condition}`);
  return new Map(rows.map((row) => [row.id, { owner, ...row }]));
}

/** Returns what is compared of a reference, without its slug. */
export const comparedFacts = ({ id: _, slug: __, ...facts }: ComparedReference): Comparable => facts;
