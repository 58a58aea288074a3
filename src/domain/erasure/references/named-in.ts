import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { parseSearchTexts } from '../../search/text.js';
import { queriesIn } from '../../search/units.js';
import type { Family, FamilyNames } from './family.js';

const { sql } = Prisma;

/** Developments whose words have a name. */
export interface NamedIn {
  /** The first of them, in the order of their ids. */
  readonly ids: readonly string[];
  /** How many there are. */
  readonly count: number;
}

/**
 * Finds the developments whose own words have one of the names, now or in the past: their texts, the reasons of their
 * revisions, and notes. An erasure of the reference does not touch these.
 *
 * Texts of developments that do not refer to it are found by the index of searches: it has headlines, summaries, quotations,
 * places and locators. For a person, one word of the name is enough in developments that refer to the person: texts give the
 * full name once, then the surname.
 */
export async function findNamedIn(
  db: Transaction,
  { members }: Family,
  { isPerson, names, slugs }: FamilyNames,
  limit: number,
): Promise<NamedIn> {
  const ids = members.map(({ id }) => id);
  const words = queryOf(names);
  const inWords = words === '' ? sql`false` : sql`it.search @@ ${words}::tsquery`;
  const has = (text: Prisma.Sql) => sql`EXISTS (
    SELECT FROM unnest(${[...names]}::text[]) AS said (name) WHERE strpos(lower(${text}), lower(said.name)) > 0)`;
  const parts = isPerson ? partsOf(names) : [];
  const beginsWord = (text: Prisma.Sql) =>
    sql`EXISTS (SELECT FROM unnest(${parts}::text[]) AS part (name) WHERE ${text} ~* ('\\m' || part.name))`;
  const isSaid = sql`EXISTS (
    SELECT FROM jsonb_path_query(it.snapshot, '$.** ? (@.type() == "string")') AS said (value)
    WHERE said.value #>> '{}' <> ALL (${[...slugs]}::text[]) AND ${beginsWord(sql`said.value #>> '{}'`)})`;
  const hasPart =
    parts.length === 0 ? sql`false` : sql`(${beginsWord(sql`it.snapshot::text`)} AND ${isSaid})`;
  const rows = await read<{ id: string; count: number }>(
    db,
    sql`
    SELECT id::text AS id, (count(*) OVER ())::int AS count FROM (
      SELECT it.id FROM development AS it WHERE ${inWords}
      UNION SELECT it.id FROM development_version AS it WHERE ${inWords}
      UNION SELECT it.development_id FROM revision AS it WHERE ${has(sql`it.reason`)}
      UNION SELECT it.development_id FROM note AS it WHERE ${has(sql`it.text`)}
      UNION SELECT it.development_id FROM review_event AS it WHERE ${has(sql`it.note`)}
      UNION SELECT it.development_id FROM revision AS it
      WHERE it.status = 'DRAFT' AND ${has(sql`it.snapshot::text`)}
      UNION SELECT it.development_id FROM revision AS it
      WHERE (it.development_id IN (SELECT development_id FROM development_mention WHERE subject_id = ANY (${ids}::uuid[]))
          OR it.development_id IN (
            SELECT development_id FROM development_version_mention WHERE subject_id = ANY (${ids}::uuid[])))
        AND (${has(sql`it.snapshot::text`)} OR ${hasPart})
    ) AS named ORDER BY id LIMIT ${limit}`,
  );
  return { ids: rows.map(({ id }) => id), count: rows[0]?.count ?? 0 };
}

/** The shortest word of a name to search for, in letters: shorter ones begin too many words. */
const SHORTEST_PART = 3;

/** Returns the words of names that are long enough to search for. They have no signs of regular expressions. */
const partsOf = (names: readonly string[]): string[] => [
  ...new Set(
    names.flatMap((name) => name.split(/[^\p{L}\p{M}'’-]+/u)).filter((part) => part.length >= SHORTEST_PART),
  ),
];

/** Returns a query for any of the names as a phrase, in the notation of `tsquery`. */
function queryOf(names: readonly string[]): string {
  const phrases = names.map((name) => `"${name.replaceAll(/["“”„«»]/gu, ' ')}"`);
  const units = phrases.flatMap((phrase) => parseSearchTexts([phrase]).flatMap(queriesIn)).flat();
  return units.map(({ words }) => `(${words})`).join(' | ');
}
