import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionNode,
} from 'graphql';
import type { RequestPlugin } from '../context.js';

const CONDITIONS = new Set(['skip', 'include']);

/**
 * Refuses `@skip` and `@include` on the root field of a subscription: without it there would be nothing to
 * subscribe to. The GraphQL specification forbids them since September 2025.
 *
 * Comes before validation, because GraphQL.js 16 evaluates them there, without the variables, and then reports
 * that a variable has no value.
 */
export function useSubscriptionRoot(): RequestPlugin {
  return {
    onValidate: ({ params: { documentAST }, setResult }) => {
      const errors = conditionsOnSubscriptionRoots(documentAST);
      if (errors.length > 0) setResult(errors);
    },
  };
}

function conditionsOnSubscriptionRoots({ definitions }: DocumentNode): GraphQLError[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const errors: GraphQLError[] = [];
  const check = (selections: readonly SelectionNode[], spread: Set<string>) => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        const name = directive.name.value;
        if (!CONDITIONS.has(name)) continue;
        const message = `Expected the root field of a subscription without @${name}: it is always followed.`;
        errors.push(new GraphQLError(message, { nodes: [directive] }));
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) check(selection.selectionSet.selections, spread);
      if (selection.kind !== Kind.FRAGMENT_SPREAD || spread.has(selection.name.value)) continue;
      spread.add(selection.name.value);
      check(fragments.get(selection.name.value)?.selectionSet.selections ?? [], spread);
    }
  };
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription')
      check(definition.selectionSet.selections, new Set());
  }
  return errors;
}
