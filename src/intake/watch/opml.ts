import { generateOpml, parseOpml as parseDocument } from 'feedsmith';
import { InvalidInputError } from '../../domain/errors.js';

/** A feed of an OPML file. */
export interface SubscribedFeed {
  readonly url: string;
  readonly title: string;
}

interface Outline {
  readonly xmlUrl?: string | undefined;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly outlines?: readonly Outline[] | undefined;
}

const MAX_LENGTH = 1_000_000;
const MAX_DEPTH = 20;

/**
 * Reads the feeds of an OPML file, in folders too.
 *
 * @throws {InvalidInputError} At `opml`, for a file that is too long, has a document type, or is no OPML.
 */
export function parseOpml(opml: string): SubscribedFeed[] {
  const refuse = (message: string) => InvalidInputError.at('opml', message);
  if (opml.length > MAX_LENGTH)
    throw refuse(`Expected at most ${MAX_LENGTH} characters; got ${opml.length}.`);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(opml)) throw refuse('Expected OPML without a document type.');
  let outlines: readonly Outline[];
  try {
    outlines = parseDocument(opml).body?.outlines ?? [];
  } catch {
    throw refuse('Expected an OPML file, as feed readers export it.');
  }
  return feedsIn(outlines, 0);
}

function feedsIn(outlines: readonly Outline[], depth: number): SubscribedFeed[] {
  if (depth > MAX_DEPTH) return [];
  return outlines.flatMap(({ xmlUrl, title, text, outlines: inner = [] }) => [
    ...(xmlUrl ? [{ url: xmlUrl.trim(), title: (title ?? text ?? '').slice(0, 300) }] : []),
    ...feedsIn(inner, depth + 1),
  ]);
}

/** Writes watched feeds as OPML 2.0, for feed readers. OPML needs at least one. */
export const writeOpml = (
  feeds: readonly { readonly url: string; readonly title: string | null }[],
): string =>
  generateOpml({
    head: { title: 'Watched feeds' },
    body: {
      outlines: feeds.map(({ url, title }) => ({
        type: 'rss',
        text: title ?? url,
        title: title ?? url,
        xmlUrl: url,
      })),
    },
  });
