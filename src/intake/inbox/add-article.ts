import { z } from 'zod';
import { InvalidInputError } from '../../domain/errors.js';
import { isStorable, language, parseInput, text, url } from '../../domain/input.js';
import { type Writer, write } from '../../domain/write.js';
import { type Arrival, saveArrival } from './arrival.js';

/** The forms in which an article can be given. */
const FORMS = ['html', 'markdown', 'text'] as const;

const document = z
  .string()
  .refine(isStorable, 'Expected Unicode text without NUL characters and lone surrogates.')
  .nullish();

const articleInput = z.object({
  html: document,
  markdown: document,
  text: document,
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
  /** The address of the article. */
  readonly url?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly publishedAt?: Date | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Adds an article to the inbox, or a version of one that the inbox has.
 *
 * @throws {InvalidInputError} Also for an article without text.
 * @throws {IdempotencyKeyReusedError}
 */
export async function addArticle(
  writer: Writer,
  { idempotencyKey, ...input }: ArticleInput,
): Promise<Arrival> {
  const given = parseInput(articleInput, input);
  const { form, document } = documentOf(input);
  const read = await readDocument(form, document);
  const request = { operation: 'add article', input, idempotencyKey };
  return write(writer, request, async (tx) => ({
    result: await saveArrival(tx, {
      url: given.url ?? null,
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

function documentOf(input: ArticleInput) {
  const given = FORMS.flatMap((form) => {
    const document = input[form];
    return document == null ? [] : [{ form, document }];
  });
  const [only] = given;
  if (only && given.length === 1) return only;
  const got = given.length === 0 ? 'none' : given.map(({ form }) => form).join(' and ');
  throw InvalidInputError.at('', `Expected one of html, markdown and text; got ${got}.`);
}

const NAMES = { html: 'article.html', markdown: 'article.md', text: 'article.txt' } as const;

/** @throws {InvalidInputError} If it has no text. */
async function readDocument(form: (typeof FORMS)[number], document: string) {
  // It loads the readers of HTML, which most servers never use.
  const { readArticle, UnreadableArticleError } = await import('../article/article.js');
  try {
    return await readArticle(Buffer.from(document, 'utf8'), NAMES[form]);
  } catch (error) {
    if (!(error instanceof UnreadableArticleError)) throw error;
    throw InvalidInputError.at(form, 'Expected an article with text; got none that can be read.');
  }
}

/** The first moment of a day in UTC. */
const dayOf = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));
