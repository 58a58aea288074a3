import {
  AS_OF_COST,
  CHAINED,
  DUPLICATES_COST,
  HIGHLIGHT_COST,
  INTROSPECTION_COST,
  KEPT_COST,
  LIST_COST,
  MUTATION_COST,
  NAME_COST,
  OCCURRENCE_COST,
  READ_COST,
  RELATED_COST,
  RELEVANCE_COST,
  REQUEST_COST,
  SCAN_COST,
  SIGN_IN_COST,
} from './cost.js';
import { PART_COST, PREFIX_COST, UNINDEXED_COST, VALUE_COST, WORD_COST } from './filter-cost.js';
import { DEFAULT_PAGE } from './page.js';
import { SPANS_TOGETHER, TIMELINE_DAYS } from './timeline-cost.js';

/** The cost rules, for the description of `Query`. */
export const COST_RULE = `Every request has a cost in points. A request that costs more than the limit is refused before it is executed, and each client has a budget for each minute. \`extensions.cost\` of a response contains the cost by the rules below (\`requested\`), that cost plus a charge for the time that the request took (\`actual\`), the limit for \`requested\`, and the remaining budget.

- A request costs ${REQUEST_COST}, plus 1 for each value that the response can contain.
- A page costs ${READ_COST}, and the selection of its nodes and edges counts as often as the page is long: \`first\` or \`last\`, by default ${DEFAULT_PAGE}. \`nodes(ids)\` counts by its ids.
- The selection of any other list counts ${LIST_COST} times, and that of a chain ${CHAINED.times} times.
- \`totalCount\`, \`totalCountIsExact\`, \`timeline\`, \`agreement\` and each facet cost ${SCAN_COST}. The selection of a facet's values counts \`first\` times. That of a timeline counts once for every ${SPANS_TOGETHER} spans of each kind that its range has: by default ${TIMELINE_DAYS} days.
- A filter costs ${PART_COST}, and so does each filter within it. Each value in it costs ${VALUE_COST} more, each word of a text ${WORD_COST + VALUE_COST}, a prefix ${PREFIX_COST} more, and \`not\` and \`restsOnlyOn\` ${UNINDEXED_COST} more. Values count after variables are inserted, each time they are used, and once in a list.
- \`asOf\` costs ${AS_OF_COST}. The order by RELEVANCE costs ${RELEVANCE_COST}.
- \`links\`, \`previous\`, \`next\` and \`chain\` cost ${READ_COST} each, \`firstOccurred\` and \`lastOccurred\` ${OCCURRENCE_COST}, and \`highlights\` ${HIGHLIGHT_COST} for each word.
- \`related\` and \`similarReferences\` cost ${RELATED_COST}, and \`duplicateSuggestions\` ${DUPLICATES_COST}. The selection of each counts \`first\` times.
- In a list of actors, sources or other references, a \`search\` costs ${NAME_COST}. An order by use and \`asOf\` cost ${SCAN_COST} each.
- \`__schema\` and \`__type\` cost ${INTROSPECTION_COST}. An item of any other list in an argument costs 1.
- Fragments count wherever they are spread. Skipped fields cost nothing.
- A mutation costs ${MUTATION_COST} times as much. A subscription costs as much as one item, once.
- A cache hit costs ${KEPT_COST}. A request that is refused costs ${REQUEST_COST}, and ${SIGN_IN_COST} if its token is refused.
- The time that the server and the database work for a request is charged after it, refused or not.`;
