import type { PageFiles, Site } from '../../../src/http/page/module.js';

/** The parts of an HTML document. Texts are plain and are escaped here; `body` is HTML. */
export interface Document {
  readonly title: string;
  readonly description?: string | undefined;
  /** Properties of Open Graph. */
  readonly graph?: Readonly<Record<string, string>> | undefined;
  readonly canonical?: string | undefined;
  /** Other formats of the same content. */
  readonly alternates?: readonly { readonly type: string; readonly href: string; readonly title: string }[];
  /** Data of schema.org. */
  readonly linkedData?: object | undefined;
  readonly isIndexed: boolean;
  readonly body: string;
  /** The files of the page. */
  readonly files: PageFiles;
  /** What the script needs to take over. Without it the page has no script. */
  readonly handed?: object | undefined;
}

export function renderDocument(site: Site, document: Document): string {
  const {
    title,
    description,
    graph = {},
    canonical,
    alternates = [],
    linkedData,
    isIndexed,
    body,
    files,
    handed,
  } = document;
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    description && `<meta name="description" content="${escaped(description)}">`,
    !isIndexed && '<meta name="robots" content="noindex">',
    canonical && `<link rel="canonical" href="${escaped(canonical)}">`,
    `<link rel="icon" href="${escaped(site.icon)}" type="image/svg+xml">`,
    `<style>${files.styles}</style>`,
    handed && bootTag(site, files),
    ...alternates.map(
      ({ type, href, title: name }) =>
        `<link rel="alternate" type="${type}" href="${escaped(href)}" title="${escaped(name)}">`,
    ),
    ...Object.entries(graph).map(
      ([property, content]) => `<meta property="${property}" content="${escaped(content)}">`,
    ),
    linkedData && `<script type="application/ld+json">${jsonText(linkedData)}</script>`,
  ];
  const data = handed ? `<script type="application/json" id="handed">${jsonText(handed)}</script>` : '';
  return `<!doctype html><html lang="en"><head>${head.filter(Boolean).join('')}</head><body><div id="root">${body}</div>${data}</body></html>`;
}

/** The tag of boot.ts, with what it loads. */
const bootTag = ({ boot }: Site, { script, imports }: PageFiles): string =>
  `<script type="module" async fetchpriority="low" id="boot" src="${escaped(boot)}" data-script="${escaped(script)}" data-imports="${escaped(imports.join(' '))}"></script>`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

/** Writes JSON that cannot end the element it is in. */
const jsonText = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
