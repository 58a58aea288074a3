/** The form in which `addArticle` takes a document. */
export type ArticleForm = 'text' | 'html' | 'markdown' | 'pdf';

/** A document that an editor chose or typed. */
interface ArticleDocument {
  readonly form: ArticleForm;
  /** Text, or a PDF in base64. */
  readonly content: string;
}

/** Reads a file as its name says. Rejects if the browser cannot read it. */
export async function readArticleFile(file: File): Promise<ArticleDocument> {
  if (/\.pdf$/i.test(file.name) || file.type === 'application/pdf')
    return { form: 'pdf', content: await base64Of(file) };
  const form = /\.html?$/i.test(file.name)
    ? 'html'
    : /\.(?:md|markdown)$/i.test(file.name)
      ? 'markdown'
      : 'text';
  return { form, content: await file.text() };
}

/** Says why a document is too large. Undefined if it is not. */
export function tooLarge(bytes: number, maxBytes: number): string | undefined {
  if (bytes <= maxBytes) return undefined;
  return `This has ${megabytes(bytes, Math.ceil)}, and at most ${megabytes(maxBytes)} can be added. Give the address of the article alone, so that the server fetches it, or paste its text.`;
}

/** Writes a size in megabytes, rounded to a tenth. */
export const megabytes = (bytes: number, round = Math.floor): string =>
  `${round((bytes / 1024 / 1024) * 10) / 10} MB`;

export const byteLength = (text: string): number => new TextEncoder().encode(text).length;

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts = Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(at * CHUNK, (at + 1) * CHUNK)),
  );
  return btoa(parts.join(''));
}

/** The most arguments of one call. */
const CHUNK = 8_192;
