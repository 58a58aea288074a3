import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { createOperationDescriptor, Environment, Network, RecordSource, Store } from 'relay-runtime';
import { schema } from '../../src/graphql/schema.js';

/** Puts an answer into Relay's store, and returns a function that reads it back. */
export function createRelayCache(document: DocumentNode, answer: object): { read(): unknown } {
  const environment = new Environment({
    network: Network.create(() => {
      throw new Error('The store has no answer.');
    }),
    store: new Store(new RecordSource()),
  });
  const operation = createOperationDescriptor(requestOf(document) as never, {});
  environment.commitPayload(operation, answer);
  return { read: () => environment.lookup(operation.fragment).data };
}

/** Makes of a query what relay-compiler makes of it, as far as queries without variables need it. */
function requestOf(document: DocumentNode) {
  const query = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const { name, selectionSet } = query as OperationDefinitionNode;
  const selections = selectionsOf(document, selectionSet, schema.getQueryType() ?? undefined);
  const part = { argumentDefinitions: [], name: name?.value ?? '', metadata: null, selections };
  return {
    kind: 'Request',
    fragment: { ...part, kind: 'Fragment', type: 'Query', abstractKey: null },
    operation: { ...part, kind: 'Operation' },
    params: {
      ...{ cacheID: 'test', id: null, metadata: {} },
      ...{ name: part.name, operationKind: 'query', text: print(document) },
    },
  };
}

function selectionsOf(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  parent: GraphQLOutputType | undefined,
): object[] {
  const type = parent && getNamedType(parent);
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) throw new Error('Inline fragments are not supported.');
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = document.definitions.find(
        (it): it is FragmentDefinitionNode =>
          it.kind === Kind.FRAGMENT_DEFINITION && it.name.value === selection.name.value,
      );
      return fragment ? selectionsOf(document, fragment.selectionSet, parent) : [];
    }
    const name = selection.name.value;
    const args = (selection.arguments ?? []).map((argument) => ({
      kind: 'Literal',
      name: argument.name.value,
      value: valueFromASTUntyped(argument.value),
    }));
    const own = {
      alias: selection.alias?.value ?? null,
      args: args.length > 0 ? args : null,
      name,
      storageKey: null,
    };
    if (!selection.selectionSet) return [{ ...own, kind: 'ScalarField' }];
    if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`Unknown parent of ${name}.`);
    const below = type.getFields()[name]?.type;
    const named = below && getNamedType(below);
    return [
      {
        ...own,
        kind: 'LinkedField',
        concreteType: isAbstractType(named) ? null : (named?.name ?? null),
        plural: below !== undefined && isListType(getNullableType(below)),
        selections: selectionsOf(document, selection.selectionSet, below),
      },
    ];
  });
}
