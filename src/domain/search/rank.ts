import { Prisma } from '../../generated/prisma/client.js';
import type { FoundUnit } from './query.js';

const { sql } = Prisma;

/** What a word counts by where it stands: said in the original, said or translated, in the summary, in the headline. */
const WEIGHTS = '{0.1,0.2,0.4,1}';
/** What a name counts: ids stand nowhere in a text. */
const NAME_WEIGHT = 0.1;

/**
 * How well a row, `it`, answers what is sought: a whole number from 0 to about a million, so that cursors hold
 * it as it is. Any of the words add to it, those that several texts ask for once.
 */
export function rankOf(sought: readonly FoundUnit[]): Prisma.Sql {
  const units = new Map(sought.map((unit) => [unit.words, unit]));
  const words = [...units.keys()].map((one) => `(${one})`).join(' | ');
  const names = [...units.values()].flatMap((unit) => unit.names ?? []);
  const named = names.map((ids) => sql`(it.search @@ ${ids}::tsquery)::int`);
  const rank = sql`ts_rank(${WEIGHTS}::float4[], it.search, ${words}::tsquery)`;
  if (named.length === 0) return sql`round(1e6 * ${rank})::int`;
  return sql`round(1e6 * (${rank} + ${NAME_WEIGHT / units.size}::float8 * (${Prisma.join(named, ' + ')})))::int`;
}
