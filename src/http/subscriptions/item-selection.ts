import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql';
import type { FeedFilter } from '../../domain/filter/types.js';

/** What is executed for each item of a subscription. */
export type ItemSelection = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'>;

/**
 * Removes the arguments of a subscription's root field, and the variables that only they use. The plan has them, and a
 * filter of a thousand slugs would otherwise be held, and coerced, for each item.
 */
export function itemSelectionOf({
  schema,
  document,
  operationName,
  variableValues,
}: ExecutionArgs): ItemSelection {
  const roots = rootSelections(document);
  const bare: DocumentNode = visit(document, {
    Field: (field) => (roots.has(field) && field.arguments?.length ? { ...field, arguments: [] } : undefined),
  });
  const used = new Set<string>();
  visit(bare, {
    VariableDefinition: () => false, // A definition is not a use.
    Variable: ({ name }) => {
      used.add(name.value);
    },
  });
  const selected: DocumentNode = visit(bare, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null),
  });
  const values = Object.entries(variableValues ?? {}).filter(([name]) => used.has(name));
  return {
    schema,
    document: selected,
    operationName: operationName ?? null,
    variableValues: Object.fromEntries(values),
  };
}

/** The selections of subscriptions themselves, through fragments. */
function rootSelections({ definitions }: DocumentNode): ReadonlySet<SelectionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const found = new Set<SelectionNode>();
  const collect = (selections: readonly SelectionNode[]) => {
    for (const selection of selections) {
      if (found.has(selection)) continue;
      found.add(selection);
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet.selections);
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        collect(fragments.get(selection.name.value)?.selectionSet.selections ?? []);
    }
  };
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet.selections);
  }
  return found;
}

/** A subscription with its group, in bytes. */
const SUBSCRIPTION = 2_048;
/** A token of a document with its node of the syntax tree. */
const TOKEN = 400;
/** A condition is small, but each entry of the feed is tested against it. */
const CONDITION = 1_024;
/** A value of a filter: an id in a set. */
const VALUE = 128;
/** A character of a value in the variables, as an object. */
const CHARACTER = 8;

/** The parts of a filter that take memory. */
type FilterWeight = Pick<FeedFilter, 'texts' | 'conditions' | 'values'>;

/** Estimates what a group holds in memory, in bytes. */
export function weightOf({ document, variableValues }: ExecutionArgs, filter: FilterWeight): number {
  let tokens = 0;
  for (let token = document.loc?.startToken; token?.next; token = token.next) tokens += 1;
  const text = filter.texts.reduce((sum, one) => sum + one.text.length, 0);
  return (
    SUBSCRIPTION +
    TOKEN * tokens +
    CONDITION * filter.conditions +
    VALUE * filter.values +
    CHARACTER * (text + JSON.stringify(variableValues ?? {}).length)
  );
}
