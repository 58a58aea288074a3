import { type ASTVisitor, GraphQLError, Kind, type SelectionNode, type ValidationContext } from 'graphql';
import type { RequestPlugin } from '../context.js';

const CONDITIONS = new Set(['skip', 'include']);

/**
 * Refuses `@skip` and `@include` on the root field of a subscription, as the GraphQL specification does since
 * 2025: a subscription without a root field has nothing to subscribe to. GraphQL.js 16 lacks the rule.
 */
export function useSubscriptionRoot(): RequestPlugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(UnconditionalSubscriptionRootRule) };
}

function UnconditionalSubscriptionRootRule(context: ValidationContext): ASTVisitor {
  const check = (selections: readonly SelectionNode[], spread: Set<string>) => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        if (!CONDITIONS.has(directive.name.value)) continue;
        context.reportError(
          new GraphQLError(
            `Expected the root field of a subscription without @${directive.name.value}: it is always followed.`,
            { nodes: [directive] },
          ),
        );
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) check(selection.selectionSet.selections, spread);
      if (selection.kind !== Kind.FRAGMENT_SPREAD || spread.has(selection.name.value)) continue;
      spread.add(selection.name.value);
      check(context.getFragment(selection.name.value)?.selectionSet.selections ?? [], spread);
    }
  };
  return {
    OperationDefinition: ({ operation, selectionSet }) => {
      if (operation === 'subscription') check(selectionSet.selections, new Set());
      return false;
    },
  };
}
