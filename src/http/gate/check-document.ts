import { type DocumentNode, type GraphQLError, Kind, type SelectionSetNode, visit } from 'graphql';
import type { Limits } from '../limits.js';
import { exceeds } from './refusal.js';

/**
 * Looks at a document before it is validated: validation takes the longer the more aliases and directives there are.
 *
 * Counts what is written, fragments once: what spreads multiply is for the cost to count.
 *
 * @returns The error for the first limit that it exceeds.
 */
export function checkDocument(document: DocumentNode, limits: Limits): GraphQLError | undefined {
  const got = { aliases: 0, directives: 0, rootFields: rootFields(document) };
  visit(document, {
    Field: ({ alias }) => {
      if (alias) got.aliases += 1;
    },
    Directive: () => {
      got.directives += 1;
    },
  });
  for (const limit of ['aliases', 'directives', 'rootFields'] as const) {
    if (got[limit] > limits[limit]) return exceeds(limit, limits[limit], got[limit]);
  }
  return undefined;
}

/** Those of the operation that has most, through its fragments. */
function rootFields({ definitions }: DocumentNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  }
  const count = (set: SelectionSetNode | undefined, spread: Set<string>): number => {
    let fields = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) fields += 1;
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += count(selection.selectionSet, spread);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        fields += count(fragments.get(selection.name.value), spread);
      }
    }
    return fields;
  };
  return Math.max(
    0,
    ...definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? count(definition.selectionSet, new Set()) : 0,
    ),
  );
}
