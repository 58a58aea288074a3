import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command, InvalidArgumentError } from 'commander';
import type { OpenDatabase } from '../database/open.js';
import type { Article } from './article/article.js';
import { type FetchArticleOptions, fetchArticle } from './article/fetch-article.js';
import { UnreadableArticleError } from './article/unreadable.js';
import { extract } from './extract/extract.js';
import type { Suggestion } from './extract/types.js';
import { createDocumentReader, type DocumentReader } from './reader/document-reader.js';
import { recordNames } from './record-names.js';

interface Flags {
  readonly json?: boolean;
  readonly language?: string;
  readonly date?: string;
}

export interface DraftOptions {
  /** Opens the record whose names are found. */
  open(): Promise<OpenDatabase>;
  /** Says how an address is fetched. */
  fetching(): Omit<FetchArticleOptions, 'reader'>;
}

/** How long the article may take to be read, in milliseconds. */
const READ_TIMEOUT = 60_000;

/** The `draft` command: prints what an article suggests. Changes nothing. */
export function draftCommand(options: DraftOptions, command: Command = new Command('draft')): Command {
  return command
    .argument(
      '<article>',
      'a file or an http or https address: HTML, Markdown, plain text or PDF; - reads standard input',
    )
    .option('--json', 'print JSON: the kept text and the suggestions with their offsets into it')
    .option('--language <tag>', 'the language of the article; otherwise the one it states, or en')
    .option('--date <day>', 'the day of publication, as YYYY-MM-DD; otherwise the one it states', parseDay)
    .action(async (from: string, { json, language, date }: Flags) => {
      const reader = createDocumentReader({
        timeout: READ_TIMEOUT,
        onDefect: ({ stack }) => process.stderr.write(`${stack}\n`),
      });
      const article = await articleFrom(from, reader, options).finally(() => reader[Symbol.asyncDispose]());
      const database = await options.open();
      try {
        const suggestions = extract(article.text, {
          language: language ?? article.language ?? 'en',
          dateline: date ?? article.published,
          gazetteer: await recordNames(database.db),
        });
        process.stdout.write(
          json ? `${JSON.stringify({ ...article, suggestions }, null, 2)}\n` : describe(suggestions),
        );
      } finally {
        await database[Symbol.asyncDispose]();
      }
    });
}

/** @throws {RefusedAddressError | FetchFailedError | UnreadableArticleError} */
async function articleFrom(from: string, reader: DocumentReader, options: DraftOptions): Promise<Article> {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(from)) return fetchArticle(from, { ...options.fetching(), reader });
  return reader.readArticle(await bytesOf(from), from === '-' ? 'standard input' : from);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableArticleError(
      `${file} cannot be read (${error.code ?? error.message}). Pass an existing file, an address, or - for standard input.`,
    );
  });
}

function parseDay(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('Expected a day such as 2025-08-06.');
}

/** One line for each suggestion: its kind, grade, place and words. Names are left to JSON. */
function describe(suggestions: readonly Suggestion[]): string {
  const lines = suggestions.flatMap((one) =>
    one.kind === 'NAME' || one.kind === 'DATE'
      ? []
      : [
          `${one.kind.padEnd(15)} ${one.grade} ${String(one.start).padStart(6)}  ${about(one)}\n${' '.repeat(26)}${one.excerpt.replaceAll(/\s+/gu, ' ')}\n`,
        ],
  );
  return lines.length === 0 ? 'Nothing was found in the article.\n' : lines.join('');
}

function about(one: Suggestion): string {
  switch (one.kind) {
    case 'STATEMENT': {
      const { speaker, quotation, occurred, isDenial } = one.fields;
      const who = speaker?.name ?? (speaker?.text || 'nobody named');
      return [who, quotation.toLowerCase(), occurred, isDenial ? 'denied' : null].filter(Boolean).join(', ');
    }
    case 'EVENT':
      return [one.fields.eventType, ...one.fields.participants.map(({ name }) => name), one.fields.occurred]
        .filter(Boolean)
        .join(', ');
    case 'DOCTRINE_CHANGE':
      return [one.fields.changeType, one.fields.doctrine, one.fields.occurred].filter(Boolean).join(', ');
    case 'LINK':
      return `${one.fields.from} ${one.fields.relation} ${one.fields.to}`;
    default:
      return '';
  }
}
