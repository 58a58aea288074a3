import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { isHugePage, refuseHugePage } from './html-bounds.js';
import type { ReadArticle } from './read-article.js';

/** Fewer characters than this mean that the main text was not found. */
const MIN_TEXT = 140;

/**
 * Reads the main text of a page with Readability, and with Defuddle where that finds none.
 *
 * @throws {HugePageError}
 */
export async function readHtml(html: string): Promise<ReadArticle> {
  refuseHugePage(html);
  const { document } = parseHTML(html);
  const language = document.documentElement?.getAttribute('lang') || null;
  const published = publishedOf(document);
  // Readability changes the document it reads.
  const found = new Readability(parseHTML(html).document as unknown as Document).parse();
  const text = blocksOf(found?.content ?? '');
  if (text.length >= MIN_TEXT) {
    return {
      text,
      title: found?.title || null,
      language: found?.lang || language,
      published: dayOf(found?.publishedTime) ?? published,
    };
  }
  const { Defuddle } = await import('defuddle/node');
  const other = await Defuddle(html, 'https://article.invalid/', { useAsync: false });
  const rest = blocksOf(other.content);
  const best = rest.length > text.length ? rest : text;
  return {
    text: best || blocksOf(document.body?.innerHTML ?? ''),
    title: other.title || found?.title || null,
    language,
    published: published ?? dayOf(other.published),
  };
}

/** Reads a fragment of HTML, such as the content of an item of a feed: all of it is text. */
export function readFragment(html: string): string {
  if (isHugePage(html))
    return html
      .replaceAll(/<[^<>]*>/g, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim();
  const blocks = blocksOf(html);
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const all = (document.body?.textContent ?? '').replaceAll(/\s+/gu, ' ').trim();
  // Text beside blocks, such as lines that only <br> divides.
  return blocks.length * 2 < all.length ? all : blocks;
}

const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, td, figcaption, dd, dt';

/** Returns the text of the innermost blocks, a paragraph each. */
function blocksOf(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  for (const element of document.querySelectorAll('script, style, noscript, template')) element.remove();
  const blocks = [...document.querySelectorAll(BLOCKS)].filter(
    (element) => element.querySelector(BLOCKS) === null,
  );
  const paragraphs =
    blocks.length > 0
      ? blocks.map(({ textContent }) => textContent ?? '')
      : [document.body?.textContent ?? ''];
  return paragraphs
    .map((paragraph) => paragraph.replaceAll(/\s+/gu, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

const DATES = [
  'meta[property="article:published_time"]',
  'meta[name="date"]',
  'meta[name="pubdate"]',
  'meta[itemprop="datePublished"]',
];

function publishedOf(document: {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null;
}): string | null {
  for (const selector of DATES) {
    const day = dayOf(document.querySelector(selector)?.getAttribute('content'));
    if (day !== null) return day;
  }
  return dayOf(document.querySelector('time[datetime]')?.getAttribute('datetime'));
}

const dayOf = (text: string | null | undefined): string | null =>
  /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0] ?? null;
