import { DEFAULT_PAGE, MAX_PAGE } from './page.js';

/** The base cost of a request. */
export const REQUEST_COST = 10;

/** The cost of a cache hit. */
export const KEPT_COST = 1;

/** The assumed length of a list that is not a page. */
export const LIST_COST = 5;

/** The cost of a count, which scans the whole list. */
export const COUNT_COST = 20;

/** The factor for mutations, which write and then read back what they wrote. */
export const MUTATION_COST = 10;

/** The cost of `__schema` and `__type`, which can return the whole schema. */
export const INTROSPECTION_COST = 5_000;

/** The cost of `highlights`, which parses the whole text again. */
export const HIGHLIGHT_COST = 10;

/** The list within a page: its connection has counted already. */
export const PAGED = { field: 1, multiplier: 1 } as const;

/** The nodes and edges of a chain: usually dozens, at most some hundreds. */
export const CHAINED = { field: COUNT_COST, multiplier: 10 * LIST_COST } as const;

interface PageSize {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
}

/** Multiplies the selection of a page by the page size. */
export const pageCost = ({ first, last }: PageSize) => ({
  field: 1,
  multiplier: Math.min(Math.max(first ?? last ?? DEFAULT_PAGE, 1), MAX_PAGE),
});

/** Facets scan the whole list, so each costs at least as much as a count. */
export const facetsCost = ({ first }: PageSize) => ({
  field: COUNT_COST,
  multiplier: Math.min(Math.max(first ?? DEFAULT_PAGE, COUNT_COST), MAX_PAGE),
});

/** The cost rules, for the description of `Query`. */
export const COST_RULE = `Every request has a cost. A request that costs more than the limit is refused, and each client has a budget for each minute. \`extensions.cost\` of a response contains the cost (\`requested\`), the limit, and the remaining budget.

- A request costs ${REQUEST_COST}, plus 1 for each value that the response can contain.
- The selection of a page counts as often as the page is long: \`first\` or \`last\`, by default ${DEFAULT_PAGE}.
- The selection of any other list counts ${LIST_COST} times, that of a chain ${CHAINED.multiplier} times, and that of facets \`first\` times, but at least ${COUNT_COST} times.
- \`totalCount\`, \`totalCountIsExact\`, \`timeline\` and \`developmentFacets\` cost ${COUNT_COST}; \`highlights\` costs ${HIGHLIGHT_COST}; \`__schema\` and \`__type\` cost ${INTROSPECTION_COST}.
- Fragments count wherever they are spread.
- A mutation costs ${MUTATION_COST} times as much. A subscription costs as much as one item, once.
- A cache hit costs ${KEPT_COST}.`;
