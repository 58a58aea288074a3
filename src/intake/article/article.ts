import { createHash } from 'node:crypto';
import { type ArticleFormat, formatOf } from './format.js';
import { readMarkdown, readPlainText } from './markdown.js';
import { MAX_ARTICLE_BYTES, type ReadArticle } from './read-article.js';
import { UnreadableArticleError } from './unreadable.js';

export interface Article extends ReadArticle {
  /** The SHA-256 of the document as it came, in hexadecimal. */
  readonly hash: string;
}

/**
 * Reads an article from a document. It can block the event loop for seconds: call it through a DocumentReader.
 *
 * @param name The name of the file, for its ending.
 * @throws {UnreadableArticleError} If the document is too large, damaged, or has no text.
 */
export async function readArticle(bytes: Uint8Array, name: string): Promise<Article> {
  if (bytes.length > MAX_ARTICLE_BYTES) {
    throw new UnreadableArticleError(
      `${name} has ${bytes.length} bytes. An article has at most ${MAX_ARTICLE_BYTES} (10 MB). Pass its text instead.`,
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
  if (format === 'pdf') {
    const { readPdf } = await import('./pdf.js');
    // PDF.js takes the buffer over.
    return plain(await readPdf(Uint8Array.from(bytes)));
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  if (format === 'html') {
    const { readHtml } = await import('./html.js');
    return readHtml(text);
  }
  return plain(format === 'markdown' ? readMarkdown(text) : readPlainText(text));
}
