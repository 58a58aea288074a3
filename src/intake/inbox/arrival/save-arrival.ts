import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { ERASED_ARTICLE } from '../../../domain/erasure/forget-articles.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { addressKey, canonicalUrl } from './canonical-url.js';
import { contentHash } from './content-hash.js';
import { detectLanguage } from './detect-language.js';
import { findSimilar, type Known } from './find-similar.js';
import { bandsOf, signatureOf } from './shingles.js';

const { sql } = Prisma;

/** An article that was fetched, pasted or sent by a feed. */
export interface ArrivedArticle {
  /** The address as it was given. Null for a text that was pasted without one. */
  readonly url: string | null;
  readonly title: string | null;
  readonly language: string | null;
  readonly publishedAt: Date | null;
  /** The id of the watched feed, if one sent it. */
  readonly feedId: string | null;
  /** The text that offsets of suggestions will point into. */
  readonly text: string;
  /** The SHA-256 of the document as it came, in hexadecimal. */
  readonly originalHash: string;
}

/** What became of an article that arrived. */
export type Arrival = {
  /** The id of the inbox item. */
  item: string;
  /** Whether it is a new item. Otherwise the inbox had it already. */
  isNew: boolean;
  /** The number of the version that was added. Null if the inbox had exactly this one. */
  version: number | null;
};

/** The most characters of a text that is kept. */
const MAX_TEXT = 500_000;
const MAX_TITLE = 300;
/** The most versions of an item. A page that is different each time adds no more. */
const MAX_VERSIONS = 50;

/**
 * Saves an article that arrived, within a transaction that may write more: once for each canonical address, and once for
 * each text or near-identical text. Later arrivals are versions of the item.
 *
 * Arrivals wait for each other until they commit, on all instances, so that two of them never become two items.
 */
export async function saveArrival(tx: Transaction, arrived: ArrivedArticle): Promise<Arrival> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine_wire.inbox'))`;
  const text = storable(arrived.text).slice(0, MAX_TEXT);
  const article = {
    ...arrived,
    text,
    title: titleOf(arrived.title, text),
    language: arrived.language ?? detectLanguage(text),
    url: arrived.url === null ? null : (canonicalUrl(arrived.url) ?? arrived.url),
    address: arrived.url === null ? null : addressKey(arrived.url),
    contentHash: contentHash(text),
    signature: signatureOf(text) ?? [],
    receivedAt: new Date(),
  };
  const known = await findKnown(tx, article);
  return known ? addVersion(tx, known, article) : addItem(tx, article);
}

interface PreparedArticle extends Omit<ArrivedArticle, 'title'> {
  readonly title: string;
  readonly address: string | null;
  readonly contentHash: string;
  /** Empty for a text that is too short to compare. */
  readonly signature: readonly number[];
  readonly receivedAt: Date;
}

/** Replaces what PostgreSQL and UTF-8 cannot store by single characters, so that offsets stay. */
const storable = (text: string) => text.replaceAll('\u0000', ' ').toWellFormed();

function titleOf(title: string | null, text: string): string {
  const line = storable(title ?? '').trim() || (/\S.*/.exec(text)?.[0] ?? 'Untitled');
  return line.length <= MAX_TITLE ? line : `${line.slice(0, MAX_TITLE - 1).toWellFormed()}…`;
}

const bandsIn = ({ signature }: PreparedArticle): number[] =>
  signature.length === 0 ? [] : bandsOf(signature);

/** Finds the item by its address, or else by its text. */
async function findKnown(tx: Transaction, article: PreparedArticle): Promise<Known | undefined> {
  const { address } = article;
  const [byAddress] = await read<Known>(
    tx,
    sql`
      SELECT id::text AS id, content_hash AS "contentHash", versions, coalesce(length(text), 0) AS length,
             true AS "isSameAddress"
      FROM inbox_item
      WHERE address = ${address} OR id IN (SELECT item_id FROM inbox_version WHERE address = ${address}) LIMIT 1`,
  );
  return byAddress ?? findSimilar(tx, article);
}

async function addItem(tx: Transaction, article: PreparedArticle): Promise<Arrival> {
  const { address, url, title, language, publishedAt, feedId, text, contentHash } = article;
  const id = newId();
  const published = publishedAt?.toISOString() ?? null;
  await tx.$executeRaw`
    INSERT INTO inbox_item (id, address, url, title, language, published_at, feed_id, text, content_hash, signature,
                            bands, original_hash, received_at)
    VALUES (${id}::uuid, ${address}, ${url}, ${title}, ${language}, ${published}::timestamptz, ${feedId}::uuid, ${text},
            ${contentHash}, ${[...article.signature]}::int[], ${bandsIn(article)}::int[], ${article.originalHash},
            ${article.receivedAt.toISOString()}::timestamptz)`;
  await insertVersion(tx, id, 1, article, null);
  return { item: id, isNew: true, version: 1 };
}

/** Adds a version, unless the item has this text from this address already. */
async function addVersion(tx: Transaction, known: Known, article: PreparedArticle): Promise<Arrival> {
  const { id, versions } = known;
  const { address, contentHash, text } = article;
  if (known.contentHash === ERASED_ARTICLE) return { item: id, isNew: false, version: null };
  const [same] = await read<object>(
    tx,
    sql`
      SELECT FROM inbox_version
      WHERE item_id = ${id}::uuid AND content_hash = ${contentHash} AND address IS NOT DISTINCT FROM ${address} LIMIT 1`,
  );
  if (same) return { item: id, isNew: false, version: null };
  if (versions >= MAX_VERSIONS) return { item: id, isNew: false, version: null };
  const number = versions + 1;
  const isCurrent = contentHash === known.contentHash;
  // Another feed may send only the first sentences of the article.
  const isUpdate = !isCurrent && known.isSameAddress && text.length >= known.length / 2;
  if (isUpdate) await replaceText(tx, id, article);
  await insertVersion(tx, id, number, article, isCurrent || isUpdate ? null : text);
  await tx.$executeRaw`UPDATE inbox_item SET versions = ${number}::int WHERE id = ${id}::uuid`;
  return { item: id, isNew: false, version: number };
}

/** The publisher has changed the article: the new text is the one to read, and its versions keep the old one. */
async function replaceText(tx: Transaction, id: string, article: PreparedArticle): Promise<void> {
  const { title, language, publishedAt, text, contentHash, originalHash } = article;
  await tx.$executeRaw`
    UPDATE inbox_version AS it SET text = item.text FROM inbox_item AS item
    WHERE item.id = ${id}::uuid AND it.item_id = item.id AND it.content_hash = item.content_hash`;
  await tx.$executeRaw`
    UPDATE inbox_item
    SET title = ${title}, language = coalesce(${language}, language),
        published_at = coalesce(${publishedAt?.toISOString() ?? null}::timestamptz, published_at), text = ${text},
        content_hash = ${contentHash}, signature = ${[...article.signature]}::int[], bands = ${bandsIn(article)}::int[],
        original_hash = ${originalHash}
    WHERE id = ${id}::uuid`;
}

/** @param text Null if the item itself has it. */
async function insertVersion(
  tx: Transaction,
  item: string,
  number: number,
  article: PreparedArticle,
  text: string | null,
): Promise<void> {
  const { address, url, title, publishedAt, feedId, contentHash, originalHash, receivedAt } = article;
  await tx.$executeRaw`
    INSERT INTO inbox_version (item_id, number, address, url, title, published_at, feed_id, text, content_hash,
                               original_hash, received_at)
    VALUES (${item}::uuid, ${number}::int, ${address}, ${url}, ${title},
            ${publishedAt?.toISOString() ?? null}::timestamptz, ${feedId}::uuid, ${text}, ${contentHash},
            ${originalHash}, ${receivedAt.toISOString()}::timestamptz)`;
}
