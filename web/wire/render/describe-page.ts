import type { PageState } from '../page-state.js';
import type { DevelopmentData } from '../queries/development.js';
import type { Document } from './document.js';

const NAME = 'Doctrine Wire';

/** Describes a page for search engines and for those who share it. */
export function describePage(
  origin: string,
  state: PageState,
  data: unknown,
): Omit<Document, 'body' | 'handed'> {
  const canonical = `${origin}${state.path}`;
  const base = { canonical, isIndexed: true, graph: { 'og:site_name': NAME, 'og:url': canonical } };
  switch (state.page) {
    case 'development': {
      const { development } = data as DevelopmentData;
      const title = development?.headline ?? NAME;
      const description = development?.summary;
      return {
        ...base,
        title: `${title} · ${NAME}`,
        description,
        graph: {
          ...base.graph,
          'og:type': 'article',
          'og:title': title,
          'og:description': description ?? '',
        },
      };
    }
    case 'about':
      return { ...base, title: `About · ${NAME}` };
    default:
      return { ...base, title: `${NAME}: a live, sourced record of arms control` };
  }
}
