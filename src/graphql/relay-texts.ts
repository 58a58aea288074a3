import { PAGED } from './cost.js';

/** What the schema says of the types, fields and arguments that Relay's specifications ask for. */
export const RELAY_TEXTS = {
  nodeTypeOptions: { description: 'Anything with an id of its own (Relay Global Object Identification).' },
  idFieldOptions: { description: 'The global id: opaque, and the same for ever.' },
  // Both are in node.ts, with `asOf`.
  nodeQueryOptions: false,
  nodesQueryOptions: false,
  pageInfoTypeOptions: { description: 'Where a page stands in its list (Relay Cursor Connections).' },
  pageInfoFieldOptions: { description: 'Where the page stands in the list.' },
  hasNextPageFieldOptions: {
    description: 'Whether more follows the page; paging backwards, whether `before` was given.',
  },
  hasPreviousPageFieldOptions: {
    description: 'Whether more precedes the page; paging forwards, whether `after` was given.',
  },
  startCursorFieldOptions: {
    description: 'The place of the first on the page, for `before`; null on an empty page.',
  },
  endCursorFieldOptions: {
    description: 'The place of the last on the page, for `after`; null on an empty page.',
  },
  nodeFieldOptions: { nullable: false, description: 'The object itself.' },
  edgesFieldOptions: {
    nullable: false,
    complexity: PAGED,
    description: 'The page, each with its place in the list.',
  },
  nodesOnConnection: { complexity: PAGED, description: 'The page, without the places.' },
  cursorFieldOptions: { description: 'Its place in the list, for `after` and `before`.' },
  firstArgOptions: {
    description: 'How many from the start, or after `after`: 1 to 100; not together with `last`.',
  },
  afterArgOptions: { description: 'Only what comes after this place: a cursor of the same list and order.' },
  lastArgOptions: {
    description: 'How many from the end, or before `before`: 1 to 100; not together with `first`.',
  },
  beforeArgOptions: {
    description: 'Only what comes before this place: a cursor of the same list and order.',
  },
} as const;
