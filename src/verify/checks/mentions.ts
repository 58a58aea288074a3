import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';

const { sql } = Prisma;

/** MENTION: the countries of a row, current and past, match its actors and places. */
export const countriesAreOfNow: RecordCheck = async (tx, findings) => {
  const rows = each<{ name: string; expected: string[]; found: string[] | null }>(
    tx,
    sql`SELECT coalesce(development.slug, it.id::text) || it.place AS name, it.expected, it.countries AS found
        FROM (
          SELECT id, '' AS place, countries, countries_of(actor_ids, place_countries) AS expected FROM development
          UNION ALL
          SELECT id, ', position ' || position, countries, countries_of(actor_ids, place_countries) FROM development_version
        ) AS it
        LEFT JOIN development ON development.id = it.id
        WHERE it.countries IS DISTINCT FROM it.expected`,
  );
  for await (const { name, expected, found } of rows) {
    findings.add('MENTION', name, `the countries {${expected}}`, found ? `{${found}}` : 'none');
  }
};

/** MENTION: the rows of development_mention match the rows of developments. */
export const mentionsAreOfRows: RecordCheck = async (tx, findings) => {
  const rows = each<{ name: string; subject: string; isMissing: boolean }>(
    tx,
    sql`WITH made AS (
          SELECT subject, status, occurred_earliest, id, occurred_latest, kind
          FROM development,
               mentioned(actor_ids || topic_ids || treaty_ids || weapon_system_ids || doctrine_ids || source_ids, countries)
               AS subject
        )
        SELECT coalesce(development.slug, it.id::text) AS name, it.subject::text AS subject, it.is_missing AS "isMissing"
        FROM (
          SELECT true AS is_missing, * FROM (TABLE made EXCEPT TABLE development_mention) AS missing
          UNION ALL
          SELECT false, * FROM (TABLE development_mention EXCEPT TABLE made) AS loose
        ) AS it
        LEFT JOIN development ON development.id = it.id`,
  );
  for await (const { name, subject, isMissing } of rows) {
    const row = `a row of development_mention for ${subject} as the development’s row has it`;
    if (isMissing) findings.add('MENTION', name, row, 'none, or another');
    else findings.add('MENTION', name, 'no other row of development_mention', `one for ${subject}`);
  }
};
