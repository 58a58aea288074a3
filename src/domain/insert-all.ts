import type { Transaction } from '../database/open.js';
import { forgetStatements } from '../database/prisma-history.js';
import { Prisma } from '../generated/prisma/client.js';

/** The tables that many rows are written to at once. */
type Table =
  | 'actor'
  | 'actor_name'
  | 'topic'
  | 'source'
  | 'treaty'
  | 'treaty_party'
  | 'treaty_status'
  | 'weapon_system'
  | 'weapon_system_alias'
  | 'doctrine'
  | 'development'
  | 'development_slug'
  | 'external_id'
  | 'revision';

/** What becomes of a row whose key the table has: the known row stays, or gets the new one's values by this key. */
type OnKnown = 'keep' | { readonly replaceBy: string };

/**
 * Inserts rows in one statement with one parameter, however many there are.
 *
 * Prisma's `createMany` binds a parameter for each column of each row and builds its statement anew for each
 * number of rows: writing a development took ten times as long as PostgreSQL takes to store it. So the rows
 * go over as one JSON text, which the database reads by the types of the table's columns.
 *
 * @param onKnown An error, where left out.
 * @param rows By the names of Prisma's fields, all with the same keys. Columns that are not among them get
 *   their defaults; generated columns must not be.
 */
export async function insertAll(
  tx: Transaction,
  table: Table,
  rows: readonly object[],
  onKnown?: OnKnown,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const fields = Object.keys(first);
  const names = fields.map(columnOf);
  const columns = Prisma.raw(names.map((column) => `"${column}"`).join(', '));
  const name = Prisma.raw(`"${table}"`);
  const json = JSON.stringify(
    rows.map((row) => {
      const values = row as Readonly<Record<string, unknown>>;
      const renamed: Record<string, unknown> = {};
      fields.forEach((field, index) => {
        renamed[names[index] ?? field] = values[field];
      });
      return renamed;
    }),
  );
  await tx.$executeRaw`
    INSERT INTO ${name} (${columns})
    SELECT ${columns} FROM json_populate_recordset(NULL::${name}, ${json}::json)
    ${onKnown === undefined ? Prisma.empty : conflict(onKnown, fields)}`;
  if (json.length > LONG) forgetStatements();
}

/** Parameters that are longer, in characters, are not left to be kept a hundred times. */
const LONG = 100_000;

function conflict(onKnown: OnKnown, fields: readonly string[]): Prisma.Sql {
  if (onKnown === 'keep') return Prisma.sql`ON CONFLICT DO NOTHING`;
  const { replaceBy } = onKnown;
  const others = fields.filter((field) => field !== replaceBy).map(columnOf);
  const set = others.map((column) => `"${column}" = excluded."${column}"`).join(', ');
  return Prisma.sql`ON CONFLICT (${Prisma.raw(`"${columnOf(replaceBy)}"`)}) DO UPDATE SET ${Prisma.raw(set)}`;
}

/** The column of a field, as the schema's `@map` has them all: `occurredEarliest` is `occurred_earliest`. */
export function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
