import { DEFAULT_PAGE, MAX_PAGE } from './page.js';

/** What a request costs that asks for nothing: it has to be read. */
export const REQUEST_COST = 10;

/** What an answer costs that the server has kept from the last time. */
export const KEPT_COST = 1;

/** How long a list that is no page counts. */
export const LIST_COST = 5;

/** A count goes through the whole list. */
export const COUNT_COST = 20;

/** In a mutation everything counts so many times: it writes, and reads back what it wrote. */
export const MUTATION_COST = 10;

/** What is told of the schema can be all of it. */
export const INTROSPECTION_COST = 5_000;

/** Where words stand is found by reading the whole text once more. */
export const HIGHLIGHT_COST = 10;

/** The list within a page: its connection has counted already. */
export const PAGED = { field: 1, multiplier: 1 } as const;

/** The nodes and edges of a chain: tens, and at most some hundreds. */
export const CHAINED = { field: COUNT_COST, multiplier: 10 * LIST_COST } as const;

interface PageSize {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
}

/** What is selected of a page counts as often as the page is long. */
export const pageCost = ({ first, last }: PageSize) => ({
  field: 1,
  multiplier: Math.min(Math.max(first ?? last ?? DEFAULT_PAGE, 1), MAX_PAGE),
});

/** Facets look at the whole list, so each counts as a count does, and more where more of its values are told. */
export const facetsCost = ({ first }: PageSize) => ({
  field: COUNT_COST,
  multiplier: Math.min(Math.max(first ?? DEFAULT_PAGE, COUNT_COST), MAX_PAGE),
});

/** The rule, for those who write queries. */
export const COST_RULE = `A request is refused where it costs more than a limit, and the costs of each client's minute come out of a budget: \`extensions.cost\` in an answer says what it cost (\`requested\`), the limit, and what remains of the budget. The cost is ${REQUEST_COST}, and one for each value that the answer can have: 1 for each field; what is selected of a page counts as often as the page is long (\`first\` or \`last\`, ${DEFAULT_PAGE} where neither is given), what is selected of another list ${LIST_COST} times, of a chain ${CHAINED.multiplier} times, of facets \`first\` times, ${COUNT_COST} at least. \`totalCount\`, \`totalCountIsExact\`, \`timeline\` and \`developmentFacets\` are ${COUNT_COST}, \`highlights\` are ${HIGHLIGHT_COST}. \`__schema\` and \`__type\` are ${INTROSPECTION_COST}. Fragments count where they are spread. A mutation counts ${MUTATION_COST} times as much. A subscription pays once, for one item. An answer that the server has kept since the same was asked last costs ${KEPT_COST}.`;
