import type { DocumentNode } from 'graphql';
import { listVariables } from './list/list-variables.js';
import type { PageState } from './page-state.js';
import { DEVELOPMENT } from './queries/development.js';
import { WIRE } from './queries/wire.js';

/** The query that a page shows. */
export interface Plan {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Returns the query of a page; undefined for a page without one. */
export function planOf(state: PageState): Plan | undefined {
  switch (state.page) {
    case 'wire':
    case 'reference':
      return { document: WIRE, variables: listVariables(state) };
    case 'development':
      return { document: DEVELOPMENT, variables: { slug: state.slug, asOf: state.asOf ?? null } };
    case 'about':
      return undefined;
  }
}
