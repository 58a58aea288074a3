import { createHash } from 'node:crypto';
import { readHtml } from './html.js';
import { readMarkdown, readPlainText } from './markdown.js';
import { readPdf } from './pdf.js';
import type { ReadArticle } from './read-article.js';
import { UnreadableArticleError } from './unreadable.js';

export interface Article extends ReadArticle {
  /** The SHA-256 of the document as it came, in hexadecimal. */
  readonly hash: string;
}

type ArticleFormat = 'html' | 'markdown' | 'text' | 'pdf';

/** The most bytes of a document. */
export const MAX_ARTICLE_BYTES = 10 * 1024 * 1024;

/**
 * Reads an article from a document.
 *
 * @param name The name of the file, for its ending.
 * @throws {UnreadableArticleError} If the document is too large, damaged, or has no text.
 */
export async function readArticle(bytes: Uint8Array, name: string): Promise<Article> {
  if (bytes.length > MAX_ARTICLE_BYTES) {
    throw new UnreadableArticleError(
      `${name} has ${bytes.length} bytes. An article has at most ${MAX_ARTICLE_BYTES}.`,
    );
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  const article = await read(bytes, formatOf(bytes, name)).catch((error: unknown) => {
    throw new UnreadableArticleError(
      `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  if (article.text === '')
    throw new UnreadableArticleError(`${name} has no text. Pass the text of the article itself.`);
  return { ...article, hash };
}

async function read(bytes: Uint8Array, format: ArticleFormat): Promise<ReadArticle> {
  const plain = (text: string): ReadArticle => ({ text, title: null, language: null, published: null });
  // PDF.js takes the buffer over.
  if (format === 'pdf') return plain(await readPdf(Uint8Array.from(bytes)));
  const text = new TextDecoder('utf-8').decode(bytes);
  if (format === 'html') return readHtml(text);
  return plain(format === 'markdown' ? readMarkdown(text) : readPlainText(text));
}

function formatOf(bytes: Uint8Array, name: string): ArticleFormat {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).trimStart().toLowerCase();
  if (head.startsWith('%pdf-')) return 'pdf';
  if (/^(?:<!doctype html|<html|<\?xml[^>]{0,200}>\s{0,20}<html|<head|<body|<article)/.test(head))
    return 'html';
  if (/\.html?$/i.test(name)) return 'html';
  return /\.(?:md|markdown)$/i.test(name) ? 'markdown' : 'text';
}
