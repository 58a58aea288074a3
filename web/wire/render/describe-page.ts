import { formatSelection } from '../../../src/parameters/selection.js';
import { linkToList } from '../links.js';
import { filterOf } from '../list/list-variables.js';
import type { DevelopmentState, ListState, PageState } from '../page-state.js';
import type { PageData } from '../plan.js';
import type { DevelopmentData } from '../queries/development.js';
import type { ReferenceData } from '../queries/reference.js';
import type { WireData } from '../queries/wire.js';
import { foundIn } from '../references/reference-header.js';
import { counted } from '../words.js';
import type { Document } from './document.js';
import { linkedDataOf } from './linked-data.js';

const NAME = 'Doctrine Wire';
const STRAPLINE = 'a live, sourced record of arms control';

type Description = Omit<Document, 'body' | 'files' | 'handed'>;

/** Describes a page for search engines, feed readers and those who share it. */
export function describePage(origin: string, state: PageState, data: PageData): Description {
  switch (state.page) {
    case 'development':
      return describeDevelopment(origin, state, data['development'] as DevelopmentData);
    case 'embed': {
      const query = formatSelection({ filter: state.selection.filter });
      const canonical = query ? `/?${query}` : '/';
      return { ...describe(origin, canonical, NAME, STRAPLINE), isIndexed: false };
    }
    case 'about':
      return describe(origin, state.path, `About · ${NAME}`, 'What the record is, its grades and rules.');
    case 'reference': {
      const name = foundIn(data['reference'] as ReferenceData)?.name;
      return describeList(origin, state, `${name} · ${NAME}`, data['list'] as WireData);
    }
    case 'wire':
      return describeList(origin, state, `${NAME}: ${STRAPLINE}`, data['list'] as WireData);
  }
}

function describe(origin: string, target: string, title: string, description: string): Description {
  const canonical = `${origin}${target}`;
  const graph = {
    'og:site_name': NAME,
    'og:url': canonical,
    'og:type': 'website',
    'og:title': title,
    'og:description': description,
  };
  return { title, description, canonical, graph, isIndexed: true, alternates: feedsOf('') };
}

function describeList(
  origin: string,
  state: ListState,
  title: string,
  { developments }: WireData,
): Description {
  const count = developments?.totalCount ?? 0;
  const description = `${counted(count, 'development')}, each with its sources and how far they agree.`;
  const filter = filterOf(state);
  const query = formatSelection({ filter });
  return {
    ...describe(origin, linkToList(state, {}), title, description),
    alternates: feedsOf(query && `?${query}`),
    // The past, and further pages, would be found for what is only in the present.
    isIndexed: state.selection.asOf === undefined && state.selection.page.after === undefined,
  };
}

function describeDevelopment(
  origin: string,
  state: DevelopmentState,
  { development }: DevelopmentData,
): Description {
  if (!development) throw new Error('A page without a development was described.');
  const { headline, summary, occurred } = development;
  const title = `${headline} · ${NAME}`;
  const base = describe(origin, state.path, title, `${occurred.text}. ${summary}`);
  return {
    ...base,
    graph: { ...base.graph, 'og:type': 'article', 'og:title': headline },
    linkedData: linkedDataOf(development, base.canonical ?? ''),
    isIndexed: state.asOf === undefined && development.status === 'PUBLISHED',
  };
}

/** The feeds of the same filter. */
const feedsOf = (query: string): NonNullable<Document['alternates']> => [
  { type: 'application/atom+xml', href: `/feed.atom${query}`, title: `${NAME} (Atom)` },
  { type: 'application/feed+json', href: `/feed.json${query}`, title: `${NAME} (JSON Feed)` },
];
