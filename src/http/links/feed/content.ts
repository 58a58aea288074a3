import { parseNodeId } from '../../../graphql/node-id.js';
import type { Entry } from './entries.js';

/** What both formats say of a development. Texts have only characters that XML may have. */
export interface FeedItem {
  /** The same for all revisions, formats and addresses of the server. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string | undefined;
  readonly html: string;
  readonly published: string;
  readonly updated: string;
  readonly topics: readonly { readonly slug: string; readonly name: string }[];
  readonly entry: Entry;
}

export function itemOf(entry: Entry, site: string): FeedItem {
  const { id, slug, headline, summary, retraction, publishedAt, recordedAt, changedAt, topics } = entry;
  const retractedAt = retraction?.recordedAt ?? changedAt;
  return {
    id: `urn:uuid:${parseNodeId(id).id}`,
    url: `${site}/d/${slug}`,
    title: printable(retraction ? `Retracted: ${headline}` : headline),
    summary: printable(retraction ? `Retracted: ${retraction.reason}` : summary) || undefined,
    html: htmlOf(entry, site),
    published: publishedAt ?? recordedAt,
    updated: retractedAt > changedAt ? retractedAt : changedAt,
    topics: topics.map(({ slug: term, name }) => ({ slug: term, name: printable(name) })),
    entry,
  };
}

function htmlOf(entry: Entry, site: string): string {
  const { summary, quotation, translation, originalLanguage, occurred, confidence, disputed } = entry;
  const facts = [occurred.text, `confidence ${confidence.toLowerCase()}`, ...(disputed ? ['disputed'] : [])];
  return [
    ...retractionOf(entry, site),
    ...(summary ? [`<p>${escaped(summary)}</p>`] : []),
    ...(quotation ? [`<blockquote${languageOf(originalLanguage)}>${escaped(quotation)}</blockquote>`] : []),
    ...(translation ? [`<blockquote lang="en">${escaped(translation)}</blockquote>`] : []),
    `<p>${escaped(facts.join(' · '))}</p>`,
  ].join('');
}

function retractionOf({ retraction }: Entry, site: string): string[] {
  if (!retraction) return [];
  const { reason, successor } = retraction;
  const link = successor ? ` <a href="${escaped(`${site}/d/${successor.slug}`)}">Replaced by this.</a>` : '';
  return [`<p><strong>Retracted:</strong> ${escaped(reason)}${link}</p>`];
}

const languageOf = (language: string | null | undefined) => (language ? ` lang="${escaped(language)}"` : '');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) =>
  printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Replaces what XML 1.0 cannot have, not even escaped: control characters and noncharacters. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: These are the characters to replace.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
