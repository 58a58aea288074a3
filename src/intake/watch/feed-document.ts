import { createHash } from 'node:crypto';
import { parseFeed } from 'feedsmith';
import iconv from 'iconv-lite';
import { trimText } from '../../domain/trim-text.js';
import { readFragment } from '../article/html.js';
import { UnreadableFeedError } from './unreadable-feed.js';

/** An item of a watched feed, as the feed shows it. */
export interface FeedEntry {
  /** Identifies it within the feed: a hash of its id, or of its address or title. */
  readonly key: string;
  /** The SHA-256 of all that the feed says about it, in hexadecimal. */
  readonly hash: string;
  /** An absolute address. */
  readonly url: string | null;
  readonly title: string;
  readonly publishedAt: Date | null;
  readonly language: string | null;
  /** The text of the article, if the feed has it. */
  readonly text: string | null;
  readonly summary: string;
}

export interface FeedDocument {
  readonly title: string | null;
  /** The latest 500 at most, in the order of the feed. */
  readonly entries: readonly FeedEntry[];
}

const MAX_ENTRIES = 500;
/** A longer content or description is cut, in characters. */
const MAX_CONTENT = 500_000;
/** A content of fewer characters is an announcement of the article. */
const MIN_TEXT = 500;

/**
 * Reads RSS 2.0, RSS 1.0 (RDF), Atom or JSON Feed. It blocks the event loop for up to seconds: call it through a
 * DocumentReader.
 *
 * @param url The address of the document, for relative addresses.
 * @throws {UnreadableFeedError} Also for XML with a document type: it could declare entities.
 */
export function readFeed(bytes: Buffer, contentType: string, url: string): FeedDocument {
  const text = decode(bytes, contentType);
  if (text.trimStart().startsWith('<') && /<!(?:DOCTYPE|ENTITY)/i.test(prologOf(text))) {
    throw new UnreadableFeedError(
      `${url} has a document type. A feed needs none, and it can declare entities.`,
    );
  }
  let parsed: ReturnType<typeof parseFeed>;
  try {
    parsed = parseFeed(text, { maxItems: MAX_ENTRIES });
  } catch {
    throw new UnreadableFeedError(`${url} is no RSS, Atom or JSON Feed${found(text, contentType)}.`);
  }
  const { title, items } = contentsOf(parsed);
  const entries = items
    .slice(0, MAX_ENTRIES)
    .map((item) => entryOf(item, url))
    .filter((entry) => entry !== null);
  return { title: plain(title) || null, entries };
}

/** The part of a document before its first element. */
const prologOf = (text: string) => text.slice(0, Math.max(text.search(/<[a-z_]/i), 0) || text.length);

const found = (text: string, contentType: string) => {
  const type = contentType.replace(/;.*/, '').slice(0, 80) || 'no content type';
  return /<html/i.test(text.slice(0, 2_000))
    ? `, but a page of HTML (${type})`
    : ` that can be read (${type})`;
};

/** Decodes by the byte order mark, the header, or the declaration of XML, in this order. */
function decode(bytes: Buffer, contentType: string): string {
  const declared = /encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
  const stated = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
  const encoding =
    [stated, declared].find((name) => name !== undefined && iconv.encodingExists(name)) ?? 'utf8';
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  const isUtf8 = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return iconv.decode(bytes, marked ?? (isUtf8 ? 'utf8' : encoding));
}

interface Item {
  readonly id: string | undefined;
  readonly url: string | undefined;
  readonly title: string | undefined;
  readonly date: unknown;
  readonly language: string | undefined;
  readonly content: string | undefined;
  readonly summary: string | undefined;
}

function contentsOf({ format, feed }: ReturnType<typeof parseFeed>): {
  title: string | undefined;
  items: Item[];
} {
  switch (format) {
    case 'rss':
      return {
        title: feed.title,
        items: (feed.items ?? []).map((item) => ({
          id: item.guid?.value,
          url: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
          title: item.title,
          date: item.pubDate ?? item.dc?.dates?.[0],
          language: item.dc?.languages?.[0] ?? feed.language,
          content: item.content?.encoded,
          summary: item.description,
        })),
      };
    case 'rdf':
      return {
        title: feed.title,
        items: (feed.items ?? []).map((item) => ({
          id: item.rdf?.about ?? item.link,
          url: item.link,
          title: item.title,
          date: item.dc?.dates?.[0],
          language: item.dc?.languages?.[0] ?? feed.dc?.languages?.[0],
          content: item.content?.encoded,
          summary: item.description,
        })),
      };
    case 'atom':
      return {
        title: feed.title?.value,
        items: (feed.entries ?? []).map((entry) => ({
          id: entry.id,
          url: (entry.links ?? []).find(({ rel }) => rel === undefined || rel === 'alternate')?.href,
          title: entry.title?.value,
          date: entry.published ?? entry.updated,
          language: entry.xml?.lang ?? feed.xml?.lang,
          content: entry.content?.value,
          summary: entry.summary?.value,
        })),
      };
    case 'json':
      return {
        title: feed.title,
        items: (feed.items ?? []).map((item) => ({
          id: item.id,
          url: item.url ?? item.external_url,
          title: item.title,
          date: item.date_published ?? item.date_modified,
          language: item.language ?? feed.language,
          content: item.content_html ?? item.content_text,
          summary: item.summary,
        })),
      };
  }
}

function entryOf(item: Item, base: string): FeedEntry | null {
  const url =
    item.url !== undefined && URL.canParse(item.url.trim(), base)
      ? new URL(item.url.trim(), base).href
      : null;
  const title = plain(item.title);
  const id = item.id ?? url ?? title;
  if (id === '') return null;
  const content = textOf(item.content);
  const summary = textOf(item.summary);
  const [longest] = [content, summary].sort((a, b) => b.length - a.length);
  return {
    key: sha256(id),
    hash: sha256(JSON.stringify([url, title, item.content, item.summary])),
    url,
    title,
    publishedAt: instantOf(String(item.date)),
    language: /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.exec(item.language ?? '')?.[0] ?? null,
    text: (longest ?? '').length >= MIN_TEXT ? (longest ?? '') : null,
    summary: summary || content,
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const plain = (html: string | undefined) =>
  trimText(textOf(html?.slice(0, 2_000)).replaceAll(/\s+/gu, ' ')).slice(0, 300);
const textOf = (html: string | undefined) =>
  html === undefined
    ? ''
    : /[<&]/.test(html)
      ? readFragment(html.slice(0, MAX_CONTENT))
      : html.slice(0, MAX_CONTENT).trim();

/** Null for a time that cannot be read, or that is not within the last century or the next day. */
function instantOf(text: string): Date | null {
  const time = Date.parse(text);
  return time > Date.now() - 100 * 365 * DAY && time < Date.now() + DAY ? new Date(time) : null;
}

const DAY = 86_400_000;
