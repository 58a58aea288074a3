import { ParameterError } from '../../src/parameters/parameter-error.js';
import { parseSelection, type Selection } from '../../src/parameters/selection.js';

/** The kinds of references that have pages, by the first part of their path. */
export const REFERENCES = {
  actors: 'actor',
  treaties: 'treaty',
  'weapon-systems': 'weaponSystem',
  doctrines: 'doctrine',
  topics: 'topic',
  sources: 'source',
} as const;

export type ReferenceFolder = keyof typeof REFERENCES;
export type ReferenceKind = (typeof REFERENCES)[ReferenceFolder];

/** `changes` shows what has changed since a point of the past. */
export const VIEWS = ['list', 'timeline', 'map', 'changes'] as const;
export type View = (typeof VIEWS)[number];

/** What the address of a page says, and the language in which its reader wants dates. */
export type PageState = { readonly language: string } & (
  | { readonly page: 'wire'; readonly path: '/'; readonly selection: Selection; readonly view: View }
  | {
      readonly page: 'reference';
      readonly path: string;
      readonly kind: ReferenceKind;
      readonly slug: string;
      readonly selection: Selection;
      readonly view: View;
    }
  | {
      readonly page: 'development';
      readonly path: string;
      readonly slug: string;
      readonly asOf: Selection['asOf'];
    }
  | { readonly page: 'about'; readonly path: '/about' }
  | { readonly page: 'embed'; readonly path: '/embed'; readonly selection: Selection }
);

export type DevelopmentState = Extract<PageState, { page: 'development' }>;

export type EmbedState = Extract<PageState, { page: 'embed' }>;

/** The pages with a list. */
export type ListState = Extract<PageState, { page: 'wire' | 'reference' }>;

/** The path of the list for frames in other sites. */
export const EMBED_PATH = '/embed';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Returns whether a path is one of a page, whether or not the record has what it names. */
export function isPagePath(path: string): boolean {
  if (path === '/' || path === '/about' || path === EMBED_PATH) return true;
  const [, folder = '', slug, ...more] = path.split('/');
  return (folder === 'd' || Object.hasOwn(REFERENCES, folder)) && Boolean(slug) && more.length === 0;
}

/**
 * Reads the address of a page. Undefined: there is no such page.
 *
 * @param target The path and the query string.
 * @throws {ParameterError} For a parameter that is unknown, given twice or not valid.
 */
export function readPageState(target: string, language: string): PageState | undefined {
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  const [, folder = '', slug = '', ...more] = pathname.split('/');
  if (pathname === '/') return { language, page: 'wire', path: '/', ...readList(searchParams) };
  if (pathname === '/about') return { language, page: 'about', path: '/about' };
  if (pathname === EMBED_PATH) {
    const selection = parseSelection(searchParams, { without: ['after', 'before'] });
    return { language, page: 'embed', path: EMBED_PATH, selection };
  }
  if (!SLUG.test(slug) || more.length > 0) return undefined;
  if (folder === 'd') {
    const { asOf } = parseSelection(searchParams);
    return { language, page: 'development', path: pathname, slug, asOf };
  }
  if (!Object.hasOwn(REFERENCES, folder)) return undefined;
  const kind = REFERENCES[folder as ReferenceFolder];
  return { language, page: 'reference', path: pathname, kind, slug, ...readList(searchParams) };
}

function readList(search: URLSearchParams): { selection: Selection; view: View } {
  const selection = parseSelection(search, { own: ['view'] });
  const text = search.get('view') || 'list';
  const view = VIEWS.find((known) => known === text);
  if (!view) throw new ParameterError('view', `view to be one of ${VIEWS.join(', ')}`, text);
  return { selection, view: view === 'changes' && !selection.asOf ? 'list' : view };
}
