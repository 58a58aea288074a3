import { Prisma } from '../../generated/prisma/client.js';
import type { FoundUnit } from './query.js';

const { sql } = Prisma;

/** Weights of a match in the quotation, translation, summary and headline. */
const WEIGHTS = '{0.1,0.2,0.4,1}';
/** The weight of a match in a name, which is not in any text. */
const NAME_WEIGHT = 0.1;

/**
 * Returns the relevance of a row, `it`: an integer from 0 to about a million, so that cursors contain it
 * exactly. Words of several texts count once.
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
