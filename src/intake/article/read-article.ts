/** The most bytes of a document. */
export const MAX_ARTICLE_BYTES = 10 * 1024 * 1024;

export interface ReadArticle {
  /** The kept text: a paragraph, a blank line, a paragraph. Offsets of suggestions point into it. */
  readonly text: string;
  readonly title: string | null;
  /** A BCP 47 tag, if the document has one. */
  readonly language: string | null;
  /** The day of publication, `YYYY-MM-DD`, if the document has one. */
  readonly published: string | null;
}
