import type { Transaction } from '../../database/open.js';
import { NEVER } from '../../feed/position.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';
import type { Findings } from '../report.js';

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

/** MENTION: the rows of both tables of mentions match the rows of developments, and the versions that have ended. */
export const mentionsAreOfRows: RecordCheck = async (tx, findings) => {
  await compare(
    tx,
    findings,
    { table: 'development_mention', owner: 'the development’s row' },
    sql`SELECT subject, status, occurred_earliest, id, occurred_latest, kind FROM development, ${MENTIONED}`,
  );
  await compare(
    tx,
    findings,
    { table: 'development_version_mention', owner: 'its earlier version' },
    sql`SELECT subject, until, position, status, kind, occurred_earliest, occurred_latest, id
        FROM development_version, ${MENTIONED} WHERE until <> ${NEVER}`,
  );
};

const MENTIONED = sql`
  mentioned(actor_ids || topic_ids || treaty_ids || weapon_system_ids || doctrine_ids || source_ids, countries) AS subject`;

interface KeptMentions {
  readonly table: string;
  /** The rows that the mentions belong to, for messages. */
  readonly owner: string;
}

/** Compares a table with the rows that it should have. */
async function compare(
  tx: Transaction,
  findings: Findings,
  { table, owner }: KeptMentions,
  made: Prisma.Sql,
): Promise<void> {
  const kept = Prisma.raw(table);
  const rows = each<{ name: string; subject: string; isMissing: boolean }>(
    tx,
    sql`WITH made AS (${made})
        SELECT coalesce(development.slug, it.id::text) AS name, it.subject::text AS subject, it.is_missing AS "isMissing"
        FROM (
          SELECT true AS is_missing, * FROM (TABLE made EXCEPT TABLE ${kept}) AS missing
          UNION ALL
          SELECT false, * FROM (TABLE ${kept} EXCEPT TABLE made) AS loose
        ) AS it
        LEFT JOIN development ON development.id = it.id`,
  );
  for await (const { name, subject, isMissing } of rows) {
    const row = `a row of ${table} for ${subject} as ${owner} has it`;
    if (isMissing) findings.add('MENTION', name, row, 'none, or another');
    else findings.add('MENTION', name, `no other row of ${table}`, `one for ${subject}`);
  }
}
