import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { parseSearchTexts } from './text.js';
import { queriesIn } from './units.js';
import { vectorOf } from './vector.js';

/**
 * Returns whether a text that is not in the record matches a search text, by the words that searches of developments
 * compare.
 *
 * @throws {BadArgumentError} If the search text is too long.
 */
export async function matchesWords(
  db: Transaction,
  searchText: string,
  text: { readonly title: string; readonly text: string; readonly language: string | undefined },
): Promise<boolean> {
  const [parsed] = parseSearchTexts([searchText]);
  const alternatives = parsed ? queriesIn(parsed) : [];
  if (alternatives.length === 0) return false;
  const query = alternatives
    .map(
      (units) =>
        `(${units.map(({ isExcluded, words }) => `${isExcluded ? '!' : ''}(${words})`).join(' & ')})`,
    )
    .join(' | ');
  const { title, language } = text;
  const vector = vectorOf([
    { text: title, weight: 'A', language },
    { text: text.text, weight: 'D', language, isProse: true },
  ]);
  const [row] = await read<{ matches: boolean }>(
    db,
    Prisma.sql`SELECT ${vector}::tsvector @@ ${query}::tsquery AS matches`,
  );
  return row?.matches ?? false;
}
