import type { DevelopmentContent } from '../development/content/content.js';

/** Fields of claims that can have the words of a quotation. */
const WORDS: ReadonlySet<string> = new Set(['QUOTATION', 'TRANSLATION']);

/**
 * Returns a content without the words quoted, their translation, the excerpts of its citations, the claims on the words, and
 * the notes of claims and links. Headline and summary stay: an editor revises them first if they have the words.
 */
export function withoutQuotation(content: DevelopmentContent): DevelopmentContent {
  const { detail } = content;
  const silent =
    detail.kind === 'STATEMENT'
      ? {
          ...detail,
          originalLanguage: null,
          originalScript: null,
          quotation: null,
          translation: null,
          translator: null,
        }
      : detail;
  return {
    ...content,
    detail: silent,
    citations: content.citations.map((citation) => ({ ...citation, excerpt: null })),
    claims: content.claims
      .filter(({ field }) => !WORDS.has(field))
      .map((claim) => ({ ...claim, note: null })),
    links: content.links.map((link) => ({ ...link, note: null })),
  };
}
