import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { refuse } from '../response/refusal.js';

/** What tools ask for once. */
const FULL_QUERY = getIntrospectionQuery({
  schemaDescription: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  inputValueDeprecation: true,
  oneOf: true,
});

/** How much of the full introspection query a document may ask for: the answer is written as JSON without a pause. */
const SHARE = 1.2;

const ROOTS = new Set(['__schema', '__type']);

/** How long the lists of a type's description are on average. */
type Lengths = Readonly<Record<string, number>>;

/** How often a type wraps another one, a list or a type that is not null. */
const WRAPPED = 0.44;

/**
 * Returns a check that a valid document asks for little more of the schema's description than tools do. Pothos prices such a
 * question as one value.
 */
export function createIntrospectionLimit(
  schema: GraphQLSchema,
): (document: DocumentNode) => GraphQLError | undefined {
  const count = createCount(schema);
  const most = Math.ceil(count(parse(FULL_QUERY)) * SHARE);
  return (document) => {
    const values = count(document);
    if (values <= most) return undefined;
    return refuse(
      `Expected introspection of at most ${most} values by estimate; got ${values}. Ask for the schema once, ` +
        'or for a type at a time.',
      { code: 'LIMIT_EXCEEDED', limit: 'INTROSPECTION', maximum: most, got: values },
      { status: 400, spec: true },
    );
  };
}

/** Returns a function that counts the values of a document's introspection, by estimate. */
function createCount(schema: GraphQLSchema): (document: DocumentNode) => number {
  const types = Object.values(schema.getTypeMap());
  const lists = { types: types.length, directives: schema.getDirectives().length };
  /** Of the list of all types, and of the types that others lead to: those have more fields. */
  const listed = { ...lists, ...averagesOf(schema, types) };
  const linked = {
    ...lists,
    ...averagesOf(
      schema,
      types.flatMap(fieldsOf).map(({ type }) => getNamedType(type)),
    ),
  };

  return ({ definitions }) => {
    const fragments = new Map<string, SelectionSetNode>();
    for (const definition of definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        fragments.set(definition.name.value, definition.selectionSet);
    }
    /** Fragments lead to each other on many paths. */
    const known = new Map<Lengths, Map<SelectionSetNode, number>>([
      [listed, new Map()],
      [linked, new Map()],
    ]);
    const describe = (set: SelectionSetNode | undefined, lengths: Lengths): number => {
      if (!set) return 0;
      const before = known.get(lengths)?.get(set);
      if (before !== undefined) return before;
      let sum = 0;
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const name = selection.name.value;
          const inner = describe(selection.selectionSet, name === 'types' ? listed : linked);
          // The objects of a list are values too.
          sum += 1 + (inner === 0 ? 0 : (lengths[name] ?? 1) * (1 + inner));
        } else if (selection.kind === Kind.INLINE_FRAGMENT) sum += describe(selection.selectionSet, lengths);
        else sum += describe(fragments.get(selection.name.value), lengths);
      }
      known.get(lengths)?.set(set, sum);
      return sum;
    };
    const find = (set: SelectionSetNode): number =>
      set.selections.reduce((sum, selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return sum;
        const isRoot = selection.kind === Kind.FIELD && ROOTS.has(selection.name.value);
        if (isRoot) return sum + describe(selection.selectionSet, linked);
        return selection.selectionSet ? sum + find(selection.selectionSet) : sum;
      }, 0);
    const values = definitions.map((definition) =>
      'selectionSet' in definition ? find(definition.selectionSet) : 0,
    );
    return Math.ceil(values.reduce((sum, value) => sum + value, 0));
  };
}

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

function averagesOf(schema: GraphQLSchema, types: readonly GraphQLNamedType[]): Lengths {
  const average = (count: (type: GraphQLNamedType) => number) =>
    types.reduce((sum, type) => sum + count(type), 0) / types.length;
  const fields = average((type) => fieldsOf(type).length);
  const args = average((type) => fieldsOf(type).flatMap((field) => field.args).length);
  return {
    ...{ fields, args: args / fields, ofType: WRAPPED },
    inputFields: average((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0)),
    enumValues: average((type) => (isEnumType(type) ? type.getValues().length : 0)),
    possibleTypes: average((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0)),
    interfaces: average((type) => (isObjectType(type) ? type.getInterfaces().length : 0)),
  };
}
