import type { AsOfInput, FilterInput } from '../../src/parameters/filter-input.js';
import { formatSelection, type Selection } from '../../src/parameters/selection.js';
import {
  type ListState,
  REFERENCES,
  type ReferenceFolder,
  type ReferenceKind,
  type View,
} from './page-state.js';

type Change = { readonly [Name in keyof Selection]?: Selection[Name] | undefined };

/** Returns the address of a list with parts of its state changed. A new filter or order starts at its first page. */
export function linkToList(
  state: ListState,
  change: { readonly selection?: Change; readonly view?: View },
): string {
  const { page: _, ...kept } = state.selection;
  const selection = { ...kept, ...change.selection };
  const view = change.view ?? state.view;
  const query = formatSelection(withoutUndefined(selection), view === 'list' ? {} : { view });
  return query ? `${state.path}?${query}` : state.path;
}

export const withFilter = (state: ListState, filter: FilterInput): string =>
  linkToList(state, { selection: { filter } });

/** Returns the address of a development's page; of an earlier state with `asOf`. */
export function linkToDevelopment(slug: string, asOf?: AsOfInput): string {
  return withAsOf(`/d/${slug}`, asOf);
}

const withAsOf = (path: string, asOf?: AsOfInput): string =>
  asOf ? `${path}?${formatSelection({ asOf })}` : path;

const FOLDERS = Object.fromEntries(
  Object.entries(REFERENCES).map(([folder, kind]) => [kind, folder]),
) as Record<ReferenceKind, ReferenceFolder>;

/** Returns the address of a reference's page. */
export const linkToReference = (kind: ReferenceKind, slug: string, asOf?: AsOfInput): string =>
  withAsOf(`/${FOLDERS[kind]}/${slug}`, asOf);

/** Returns the address of GraphiQL with a query. */
export function linkToGraphiQL(query: string, variables: object): string {
  return `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;
}

const withoutUndefined = (selection: Change): Partial<Selection> =>
  Object.fromEntries(Object.entries(selection).filter(([, value]) => value !== undefined));
