import type { Transaction } from '../../database/open.js';
import type { ReferenceKind } from '../../generated/prisma/enums.js';
import type { DevelopmentContent } from '../development/content/content.js';
import type { FamilyNames } from './references/family.js';

/** The hash of an article whose text was erased. It never gets a text again. */
export const ERASED_ARTICLE = 'erased';

/** The fewest characters of words by which an article is found: shorter ones stand in many. */
const TELLING = 20;

/** The fewest bytes of a name by which an article is found. Names in Chinese have two or three characters. */
const TELLING_NAME = 4;

/**
 * Erases articles of the inbox in all versions: those from which the development was made, and those that have its quoted
 * words. Their addresses stay, so that they are not fetched again.
 */
export async function forgetArticlesOf(
  tx: Transaction,
  developmentId: string,
  contents: readonly DevelopmentContent[],
): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT item_id::text AS id FROM inbox_mark WHERE development_id = ${developmentId}::uuid`;
  const words = [...new Set(contents.flatMap(wordsOf))];
  await forget(tx, [...rows.map(({ id }) => id), ...(await findArticles(tx, words, false))]);
}

/**
 * Erases articles of the inbox in all versions: those that name an erased person, and those that are an erased source.
 * Others keep their texts, and lose what a language model has suggested if it has a name or the slug.
 */
export async function forgetArticlesNaming(
  tx: Transaction,
  kind: ReferenceKind,
  { isPerson, names, slugs, urls }: FamilyNames,
): Promise<void> {
  const suggested = [...names, ...slugs].map((name) => JSON.stringify(name));
  await tx.$executeRaw`
    UPDATE inbox_item SET model_suggestions = NULL
    WHERE EXISTS (
      SELECT FROM unnest(${suggested}::text[]) AS name WHERE strpos(lower(model_suggestions::text), lower(name)) > 0)`;
  const telling = names.filter((name) => Buffer.byteLength(name) >= TELLING_NAME);
  if (isPerson) await forget(tx, await findArticles(tx, telling, true));
  if (kind !== 'SOURCE') return;
  const sources = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM inbox_item AS item
    WHERE url = ANY (${[...urls]}::text[]) OR address = ANY (${[...urls]}::text[]) OR title = ANY (${[...names]}::text[])
       OR EXISTS (SELECT FROM inbox_version AS old WHERE old.item_id = item.id
         AND (old.url = ANY (${[...urls]}::text[]) OR old.title = ANY (${[...names]}::text[])))`;
  await forget(
    tx,
    sources.map(({ id }) => id),
  );
}

/** Finds the articles that have one of some words in a version, whatever the blanks between them. */
async function findArticles(
  tx: Transaction,
  words: readonly string[],
  inAnyCase: boolean,
): Promise<string[]> {
  const said = JSON.stringify(words.map((some) => some.replace(/\s+/g, ' ').trim()));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH said AS (
      SELECT CASE WHEN ${inAnyCase} THEN lower(it) ELSE it END AS words FROM json_array_elements_text(${said}::json) AS it
    ), version AS (
      SELECT id, title, text FROM inbox_item UNION ALL SELECT item_id, title, text FROM inbox_version
    ), told AS (
      SELECT id, regexp_replace(title || ' ' || coalesce(text, ''), '\\s+', ' ', 'g') AS text FROM version
    )
    SELECT DISTINCT told.id::text AS id FROM told
    WHERE EXISTS (
      SELECT FROM said WHERE strpos(CASE WHEN ${inAnyCase} THEN lower(told.text) ELSE told.text END, said.words) > 0)`;
  return rows.map(({ id }) => id);
}

async function forget(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE inbox_item
    SET title = 'Erased', text = NULL, content_hash = ${ERASED_ARTICLE}, original_hash = ${ERASED_ARTICLE},
        signature = '{}', bands = '{}', model_suggestions = NULL
    WHERE id = ANY (${[...ids]}::uuid[])`;
  await tx.$executeRaw`
    UPDATE inbox_version
    SET title = 'Erased', text = NULL, content_hash = ${ERASED_ARTICLE}, original_hash = ${ERASED_ARTICLE}
    WHERE item_id = ANY (${[...ids]}::uuid[])`;
}

/** Returns what a content quotes: the words of a statement, and the excerpts of its citations. */
function wordsOf({ detail, citations }: DevelopmentContent): string[] {
  const quoted = detail.kind === 'STATEMENT' ? [detail.quotation, detail.translation] : [];
  return [...quoted, ...citations.map(({ excerpt }) => excerpt)]
    .map((text) => text?.replace(/\s+/g, ' ').trim() ?? '')
    .filter((text) => text.length >= TELLING);
}
