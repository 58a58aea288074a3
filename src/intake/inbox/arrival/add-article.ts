import { z } from 'zod';
import { InvalidInputError } from '../../../domain/errors.js';
import { isStorable, language, parseInput, text, url } from '../../../domain/input.js';
import { findResult, hashOf, parseKey, type Writer, write } from '../../../domain/write.js';
import { FetchFailedError, RefusedAddressError } from '../../../files/fetch/errors.js';
import type { Article } from '../../article/article.js';
import { UnreadableArticleError } from '../../article/unreadable.js';
import type { DocumentReader } from '../../reader/document-reader.js';
import type { FetchForEditor } from './fetch-for-editor.js';
import { type Arrival, saveArrival } from './save-arrival.js';

/** The forms in which an article can be given. */
const FORMS = ['html', 'markdown', 'text', 'pdf'] as const;

const document = z
  .string()
  .refine(isStorable, 'Expected Unicode text without NUL characters and lone surrogates.')
  .nullish();

const articleInput = z.object({
  html: document,
  markdown: document,
  text: document,
  pdf: document,
  url: url.nullish(),
  title: text(300).nullish(),
  language: language.nullish(),
  publishedAt: z.date().nullish(),
});

/** An article as an editor gives it. */
export interface ArticleInput {
  readonly html?: string | null | undefined;
  readonly markdown?: string | null | undefined;
  readonly text?: string | null | undefined;
  /** A PDF in base64. */
  readonly pdf?: string | null | undefined;
  /** The address of the article. It is fetched if no document is given. */
  readonly url?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly publishedAt?: Date | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** How documents and addresses are read. */
export interface ArticleReaders {
  /** The most bytes of a document that a request can bring. */
  readonly maxBytes: number;
  readonly reader: DocumentReader;
  readonly fetchArticle: FetchForEditor;
}

/**
 * Adds an article to the inbox, or a version of one that the inbox has.
 *
 * @param readers Read the document, or fetch the article if only its address is given.
 * @throws {InvalidInputError} Also for an article without text, and an address that cannot be fetched.
 * @throws {IdempotencyKeyReusedError}
 */
export async function addArticle(
  writer: Writer,
  { idempotencyKey, ...input }: ArticleInput,
  readers: ArticleReaders,
): Promise<Arrival> {
  const given = parseInput(articleInput, input);
  const document = documentOf(input);
  const request = { operation: 'add article', input, idempotencyKey };
  const key = parseKey(request);
  // A repeat does not fetch the address again.
  const first =
    key === undefined ? undefined : await findResult<Arrival>(writer.db, writer.editor, key, hashOf(request));
  if (first) return first;
  const read: Article & { readonly url?: string } = document
    ? await readDocument(document, readers)
    : await fetchGiven(given.url, readers.fetchArticle);
  return write(writer, request, async (tx) => ({
    result: await saveArrival(tx, {
      url: read.url ?? given.url ?? null,
      title: given.title ?? read.title,
      language: given.language ?? read.language,
      publishedAt: given.publishedAt ?? dayOf(read.published),
      feedId: null,
      text: read.text,
      originalHash: read.hash,
    }),
    feed: [],
  }));
}

interface GivenDocument {
  readonly form: (typeof FORMS)[number];
  readonly content: string;
}

/** @returns Undefined if only an address is given. */
function documentOf(input: ArticleInput): GivenDocument | undefined {
  const given = FORMS.flatMap((form) => {
    const content = input[form];
    return content == null ? [] : [{ form, content }];
  });
  if (given.length === 1 || (given.length === 0 && input.url != null)) return given[0];
  const got = given.length === 0 ? 'none' : given.map(({ form }) => form).join(' and ');
  throw InvalidInputError.at(
    '',
    `Expected one of html, markdown, text and pdf, or a url to fetch; got ${got}.`,
  );
}

const NAMES = {
  html: 'article.html',
  markdown: 'article.md',
  text: 'article.txt',
  pdf: 'article.pdf',
} as const;

/** @throws {InvalidInputError} If it is too long, or has no text. */
async function readDocument({ form, content }: GivenDocument, { reader, maxBytes }: ArticleReaders) {
  const length = Buffer.byteLength(content, form === 'pdf' ? 'base64' : 'utf8');
  if (length > maxBytes) {
    throw InvalidInputError.at(
      form,
      `Expected at most ${maxBytes} bytes (${megabytes(maxBytes)}); got ${length}. Give the address of the article as url, its text without pictures, or read the file with \`doctrine-wire draft FILE\`.`,
    );
  }
  const bytes = form === 'pdf' ? pdfOf(content) : Buffer.from(content, 'utf8');
  try {
    return await reader.readArticle(bytes, NAMES[form]);
  } catch (error) {
    if (!(error instanceof UnreadableArticleError)) throw error;
    throw InvalidInputError.at(form, `Expected an article with text that can be read: ${error.message}`);
  }
}

/** Rounds down: a file of the stated size always fits. */
const megabytes = (bytes: number) => `${Math.floor((bytes / 1024 / 1024) * 10) / 10} MB`;

/** @throws {InvalidInputError} */
function pdfOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  const isPdf = bytes.toString('latin1', 0, 1_024).trimStart().startsWith('%PDF-');
  // Not a regular expression: V8's stack for going back can overflow on megabytes.
  if (isPdf && bytes.toString('base64') === base64) return bytes;
  throw InvalidInputError.at('pdf', 'Expected a PDF in base64, without line breaks.');
}

/** @throws {InvalidInputError} At `url`, with the reason in words. */
async function fetchGiven(address: string | null | undefined, fetchArticle: FetchForEditor) {
  if (address == null) throw new Error('An article without a document has an address.');
  try {
    return await fetchArticle(address);
  } catch (error) {
    const isKnown = [RefusedAddressError, FetchFailedError, UnreadableArticleError].some(
      (known) => error instanceof known,
    );
    if (!(error instanceof Error && isKnown)) throw error;
    throw InvalidInputError.at(
      'url',
      `${error.message} You can give the text of the article with its address.`,
    );
  }
}

/** The first moment of a day in UTC. */
const dayOf = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));
