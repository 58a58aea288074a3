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

/** The query that GraphiQL and code generators send. */
const FULL_QUERY = getIntrospectionQuery({
  schemaDescription: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  inputValueDeprecation: true,
  oneOf: true,
});

/** A document may ask for this many times the values of the full query: the answer is written as JSON in one turn. */
const MARGIN = 1.2;

const ROOTS = new Set(['__schema', '__type']);
/** Fields whose type the document chooses, or that is one of the largest. */
const LARGE = new Set(['__type', 'queryType', 'mutationType', 'subscriptionType', 'possibleTypes']);
/** Fields that lead to the types of fields and arguments. */
const LINKS = new Set(['type', 'ofType', 'interfaces']);

/** How long the lists of a type's description are on average. */
type Lengths = Readonly<Record<string, number>>;

/** How often a type wraps another one, as a list or as one that is not null. */
const WRAPPED = 0.44;

/** Limits how much of the schema a valid document describes. Its price is fixed, so that does not. */
export type IntrospectionLimit = (document: DocumentNode) => GraphQLError | undefined;

export function createIntrospectionLimit(schema: GraphQLSchema): IntrospectionLimit {
  const count = createCount(schema);
  const most = Math.ceil(count(parse(FULL_QUERY)) * MARGIN);
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
  const listed = { ...lists, ...averagesOf(schema, types) };
  /** The types of fields have more fields than most types. */
  const linkedTypes = types.flatMap(fieldsOf).map(({ type }) => getNamedType(type));
  const linked = { ...lists, ...averagesOf(schema, linkedTypes) };
  const largest = { ...lists, ...longestOf(types.map((type) => averagesOf(schema, [type]))) };
  const lengthsBelow = (field: string, lengths: Lengths): Lengths => {
    if (field === 'types') return listed;
    if (LARGE.has(field)) return largest;
    return LINKS.has(field) ? linked : lengths;
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
      [largest, new Map()],
    ]);
    const describe = (set: SelectionSetNode | undefined, lengths: Lengths): number => {
      if (!set) return 0;
      const before = known.get(lengths)?.get(set);
      if (before !== undefined) return before;
      let sum = 0;
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const name = selection.name.value;
          const inner = describe(selection.selectionSet, lengthsBelow(name, lengths));
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
        if (selection.kind === Kind.FIELD && ROOTS.has(selection.name.value)) {
          return sum + describe(selection.selectionSet, lengthsBelow(selection.name.value, linked));
        }
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
    fields,
    args: fields === 0 ? 0 : args / fields,
    ofType: WRAPPED,
    inputFields: average((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0)),
    enumValues: average((type) => (isEnumType(type) ? type.getValues().length : 0)),
    possibleTypes: average((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0)),
    interfaces: average((type) => (isObjectType(type) ? type.getInterfaces().length : 0)),
  };
}

/** The longest of each list. */
const longestOf = (some: readonly Lengths[]): Lengths =>
  Object.fromEntries(
    Object.keys(some[0] ?? {}).map((name) => [name, Math.max(...some.map((lengths) => lengths[name] ?? 0))]),
  );
