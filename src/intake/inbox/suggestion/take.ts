import type { Database, Transaction } from '../../../database/open.js';
import type { ReferenceAuthorship } from '../../../domain/references/history/record.js';
import { upsertSource } from '../../../domain/references/source.js';
import type { Writer } from '../../../domain/write.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import type { InboxAct } from '../../../generated/prisma/client.js';
import type { RecordNamesCache } from '../../record-names-cache.js';
import { SuggestionUsedError, UnknownInboxItemError, UnknownSuggestionError } from '../errors.js';
import { type Offer, type OfferedArticle, offer, readArticles } from './offer.js';

/** A suggestion that an editor takes or dismisses. */
export interface Chosen {
  readonly article: OfferedArticle;
  readonly offered: Offer;
}

/**
 * Finds a suggestion of an article.
 *
 * @throws {UnknownInboxItemError}
 * @throws {UnknownSuggestionError} If the article gives none with this key, or its text was deleted.
 */
export async function findSuggestion(
  db: Database,
  names: RecordNamesCache,
  item: string | undefined,
  key: string,
): Promise<Chosen> {
  const known =
    item === undefined ? null : await db.inboxItem.findUnique({ where: { id: item }, select: { id: true } });
  if (!known) throw new UnknownInboxItemError('item');
  const [article] = await readArticles(db, [known.id]);
  const [offers = []] = await offer(db, names, article ? [article] : []);
  const offered = offers.find((one) => one.key === key);
  if (!article || !offered) throw new UnknownSuggestionError(key);
  return { article, offered };
}

/**
 * Locks the article of a suggestion until the transaction ends, so that two editors do not take it twice.
 *
 * @throws {UnknownSuggestionError} If its text has changed since it was read.
 * @throws {SuggestionUsedError}
 */
export async function lockSuggestion(tx: Transaction, { article, offered }: Chosen): Promise<void> {
  const [row] = await tx.$queryRaw<{ hash: string; hasText: boolean }[]>`
    SELECT content_hash AS hash, text IS NOT NULL AS "hasText" FROM inbox_item
    WHERE id = ${article.id}::uuid FOR NO KEY UPDATE`;
  if (!row?.hasText || row.hash !== article.contentHash) throw new UnknownSuggestionError(offered.key);
  const mark = await tx.inboxMark.findUnique({
    where: { itemId_words: { itemId: article.id, words: offered.words } },
  });
  if (mark) throw new SuggestionUsedError(offered.key, mark.editor, mark.developmentId);
}

/** Marks a suggestion, so that it is not offered again, in the transaction of the act. A used one makes its article DRAFTED. */
export async function markSuggestion(
  tx: Transaction,
  { article, offered }: Chosen,
  { editor }: Pick<Writer, 'editor'>,
  act: InboxAct,
  developmentId: string | null,
): Promise<void> {
  const { words, key } = offered;
  await tx.inboxMark.create({
    data: { itemId: article.id, words, key, act, editor, developmentId, recordedAt: new Date() },
  });
  if (act === 'DISMISSED') return;
  await tx.$executeRaw`
    UPDATE inbox_item SET state = 'DRAFTED', snoozed_until = NULL, reason = NULL, changed_by = ${editor}
    WHERE id = ${article.id}::uuid`;
}

/** Makes the source of an article, unless the record has it. Returns the entries to append. */
export async function ensureSource(
  tx: Transaction,
  article: OfferedArticle,
  authorship: ReferenceAuthorship,
): Promise<readonly NewFeedEntry[]> {
  const { source: slug, title, url, language, publishedAt, reliability } = article;
  const known = await tx.source.findUnique({ where: { slug }, select: { id: true } });
  if (known) return [];
  const publisher = article.publisher ?? (url === null ? null : new URL(url).hostname.replace(/^www\./, ''));
  const input = {
    slug,
    title,
    ...(url !== null && { url }),
    ...(publisher !== null && { publisher }),
    ...(reliability !== null && { reliability }),
    ...(language !== null && { language }),
    ...(publishedAt !== null && { published: publishedAt.toISOString().slice(0, 10) }),
    retrievedAt: article.receivedAt,
  };
  return (await upsertSource.within(tx, input, authorship)).feed;
}
