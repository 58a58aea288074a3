import type { FilterInput } from '../../../src/parameters/filter-input.js';
import { pageArguments } from '../../../src/parameters/points.js';
import type { ListState } from '../page-state.js';
import type { WireVariables } from '../queries/wire.js';

export const PAGE_SIZE = 20;
/** A chart shows as many developments as one request returns. */
const CHART_SIZE = 100;

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
  const { order, asOf, page } = state.selection;
  const filter = filterOf(state);
  return {
    filter: filter as NonNullable<WireVariables['filter']>,
    orderBy: order ?? null,
    asOf: asOf ?? null,
    ...pageArguments(page, state.view === 'timeline' || state.view === 'map' ? CHART_SIZE : PAGE_SIZE),
    interval: intervalOf(state.selection.filter),
  };
}

/** Months for some years, else years. */
function intervalOf({ occurred }: FilterInput): WireVariables['interval'] {
  const [since, until] = occurred?.within.split('/').map((end) => Number(end.slice(0, 4))) ?? [];
  const isShort = since && (until === undefined || (until && until - since < 4));
  return isShort ? 'MONTH' : 'YEAR';
}
