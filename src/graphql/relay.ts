import { PAGED, priced } from './cost.js';
import { DEFAULT_PAGE, MAX_PAGE } from './page.js';

/** Options and descriptions of the types, fields and arguments that Relay's specifications define. */
export const RELAY_OPTIONS = {
  cursorType: 'Cursor' as 'String', // The plugin's types allow only String and ID. Its code takes any scalar.
  nodeTypeOptions: { description: 'An object with a global id (Relay Global Object Identification).' },
  idFieldOptions: { description: 'The global id: opaque, and never changes. Equal ids mean equal objects.' },
  // node.ts defines both, for states of the past too.
  nodeQueryOptions: false,
  nodesQueryOptions: false,
  pageInfoTypeOptions: { description: 'The position of a page in its list (Relay Cursor Connections).' },
  pageInfoFieldOptions: { description: 'The position of this page in the list.' },
  hasNextPageFieldOptions: {
    description:
      'Whether the list continues after this page. With `first` and `before`, whether there are more objects before that cursor.',
  },
  hasPreviousPageFieldOptions: {
    description:
      'Whether the list continues before this page. With `last` and `after`, whether there are more objects after that cursor.',
  },
  startCursorFieldOptions: {
    description: 'The cursor of the first edge, to pass as `before`. Null on an empty page.',
  },
  endCursorFieldOptions: {
    description: 'The cursor of the last edge, to pass as `after`. Null on an empty page.',
  },
  nodeFieldOptions: { nullable: false, description: 'The object.' },
  edgesFieldOptions: {
    nullable: false,
    ...priced(PAGED),
    description: 'The objects on this page, each with its cursor.',
  },
  nodesOnConnection: { ...priced(PAGED), description: 'The objects on this page, without cursors.' },
  cursorFieldOptions: { description: 'The cursor of this edge, to pass as `after` or `before`.' },
  firstArgOptions: {
    description: `The page size counted from the start of the list, or from \`after\`: 0 to ${MAX_PAGE}. Not together with \`last\`.`,
  },
  afterArgOptions: {
    description: 'Return only objects after this cursor. It must come from the same list in the same order.',
  },
  lastArgOptions: {
    description: `The page size counted from the end of the list, or from \`before\`: 0 to ${MAX_PAGE}. Not together with \`first\`.`,
  },
  beforeArgOptions: {
    description: 'Return only objects before this cursor. It must come from the same list in the same order.',
  },
} as const;

/** Returns the names and descriptions of a connection's types. */
export function connectionTypes(node: string, plural: string) {
  return [
    {
      name: `${node}Connection`,
      description: `A page of ${plural} (Relay Cursor Connections): at most ${MAX_PAGE} objects, ${DEFAULT_PAGE} by default.`,
    },
    { name: `${node}Edge`, description: `One of the ${plural} on a page, with its cursor.` },
  ] as const;
}
