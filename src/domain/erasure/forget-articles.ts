import type { Transaction } from '../../database/open.js';
import type { DevelopmentContent } from '../development/content/content.js';

/** The hash of an article whose text was erased. It never gets a text again. */
export const ERASED_ARTICLE = 'erased';

/** The fewest characters of words by which an article is found: shorter ones stand in many. */
const TELLING = 20;

/**
 * Erases articles of the inbox in all versions: those from which the development was made, and those that have its quoted
 * words. Their addresses stay, so that they are not fetched again.
 */
export async function forgetArticles(
  tx: Transaction,
  developmentId: string,
  contents: readonly DevelopmentContent[],
): Promise<void> {
  const words = JSON.stringify([...new Set(contents.flatMap(wordsOf))]);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT item.id::text AS id FROM inbox_item AS item
    WHERE EXISTS (SELECT FROM inbox_mark WHERE item_id = item.id AND development_id = ${developmentId}::uuid)
       OR EXISTS (
         SELECT FROM json_array_elements_text(${words}::json) AS said (words)
         WHERE strpos(regexp_replace(item.title || ' ' || coalesce(item.text, ''), '\\s+', ' ', 'g'), said.words) > 0
            OR EXISTS (
              SELECT FROM inbox_version AS old WHERE old.item_id = item.id
                AND strpos(regexp_replace(old.title || ' ' || coalesce(old.text, ''), '\\s+', ' ', 'g'), said.words) > 0))`;
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE inbox_item
    SET title = 'Erased', text = NULL, content_hash = ${ERASED_ARTICLE}, original_hash = ${ERASED_ARTICLE},
        signature = '{}', bands = '{}', model_suggestions = NULL
    WHERE id = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE inbox_version
    SET title = 'Erased', text = NULL, content_hash = ${ERASED_ARTICLE}, original_hash = ${ERASED_ARTICLE}
    WHERE item_id = ANY (${ids}::uuid[])`;
}

/** Returns what a content quotes: the words of a statement, and the excerpts of its citations. */
function wordsOf({ detail, citations }: DevelopmentContent): string[] {
  const quoted = detail.kind === 'STATEMENT' ? [detail.quotation, detail.translation] : [];
  return [...quoted, ...citations.map(({ excerpt }) => excerpt)]
    .map((text) => text?.replace(/\s+/g, ' ').trim() ?? '')
    .filter((text) => text.length >= TELLING);
}
