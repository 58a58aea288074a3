import type { FilterInput } from '../../../src/parameters/filter-input.js';
import { pageArguments } from '../../../src/parameters/points.js';
import type { ListState } from '../page-state.js';
import type { MoreVariables } from '../queries/more.js';
import type { WireVariables } from '../queries/wire.js';

export const PAGE_SIZE = 20;
/** The most developments that one request returns. A chart shows as many. */
export const MAX_PAGE = 100;

/** Returns the filter of a list: that of its address, within the reference that it belongs to. */
export function filterOf(state: ListState): FilterInput {
  const { filter } = state.selection;
  if (state.page === 'wire') return filter;
  const { kind, slug } = state;
  const own: FilterInput = kind === 'actor' ? { participant: { actor: slug } } : { [kind]: [slug] };
  return Object.keys(filter).length === 0 ? own : { and: [own, filter] };
}

/** Returns the variables of the query for a list. */
export function listVariables(state: ListState): WireVariables {
  const { page } = state.selection;
  return {
    ...selectionOf(state),
    ...pageArguments(page, state.view === 'timeline' || state.view === 'map' ? MAX_PAGE : PAGE_SIZE),
    interval: intervalOf(state.selection.filter),
  };
}

/** Returns the variables of the query for the page after a cursor. */
export const moreVariables = (state: ListState, after: string): MoreVariables => ({
  ...selectionOf(state),
  ...{ first: MAX_PAGE, after },
});

function selectionOf(state: ListState) {
  const { order, asOf } = state.selection;
  const filter = filterOf(state) as NonNullable<WireVariables['filter']>;
  return { filter, orderBy: order ?? null, asOf: asOf ?? null, language: state.language };
}

/** Months for some years, else years. */
function intervalOf({ occurred }: FilterInput): WireVariables['interval'] {
  const [since, until] = occurred?.within.split('/').map((end) => Number(end.slice(0, 4))) ?? [];
  const isShort = since && (until === undefined || (until && until - since < 4));
  return isShort ? 'MONTH' : 'YEAR';
}
