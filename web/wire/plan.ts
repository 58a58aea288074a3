import type { DocumentNode } from 'graphql';
import { planOfEmbed } from './embed/embed-plan.js';
import { filterOf, listVariables } from './list/list-variables.js';
import type { DevelopmentState, ListState, PageState, ReferenceKind } from './page-state.js';
import { CHANGES } from './queries/changes.js';
import { DEVELOPMENT } from './queries/development.js';
import { REFERENCE } from './queries/reference.js';
import { WIRE } from './queries/wire.js';

/** A query that a page shows. */
export interface Plan {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The results of a page's queries, by the names of {@link planOf}. */
export type PageData = Readonly<Record<string, unknown>>;

/** Returns the queries of a page, by name. */
export function planOf(state: PageState): Readonly<Record<string, Plan>> {
  switch (state.page) {
    case 'wire':
      return planOfList(state);
    case 'reference': {
      const { kind, slug, language, selection } = state;
      const asOf = selection.asOf ?? null;
      return {
        reference: { document: REFERENCE, variables: { slug, asOf, language, ...flagsOf(kind) } },
        ...planOfList(state),
      };
    }
    case 'development':
      return { development: { document: DEVELOPMENT, variables: variablesOf(state) } };
    case 'embed':
      return planOfEmbed(state);
    case 'about':
      return {};
  }
}

export const variablesOf = ({ slug, language, asOf }: DevelopmentState) => ({
  slug,
  language,
  asOf: asOf ?? null,
});

function planOfList(state: ListState): Readonly<Record<string, Plan>> {
  const list = { document: WIRE, variables: listVariables(state) };
  if (state.view !== 'changes') return { list };
  const { language, selection } = state;
  const variables = { from: selection.asOf, filter: filterOf(state), language };
  return { list, changes: { document: CHANGES, variables } };
}

const KINDS = ['actor', 'treaty', 'weaponSystem', 'doctrine', 'topic', 'source'] as const;

const flagsOf = (kind: ReferenceKind) => Object.fromEntries(KINDS.map((known) => [known, known === kind]));
