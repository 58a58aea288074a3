import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { refuse } from '../response/refusal.js';

/**
 * Some 1.4 times the full introspection query. GraphQL.js describes some 700 values in a millisecond, without a pause: 0.1 s.
 */
const MAX_VALUES = 70_000;

const ROOTS = new Set(['__schema', '__type']);

/** How long the lists of a schema's description are on average; how often a type wraps another. */
const LENGTHS: Readonly<Record<string, number>> = {
  fields: 4,
  args: 1,
  inputFields: 2,
  enumValues: 1,
  possibleTypes: 1,
  interfaces: 1,
  directives: 5,
  ofType: 0.5,
};

export interface Introspection {
  /** How many fields of the document ask for the schema. */
  readonly fields: number;
  /** How many values their answers hold, by estimate. */
  readonly values: number;
}

/** Counts what a valid document asks of the schema's description. Pothos prices it as one value. */
export function countIntrospection(schema: GraphQLSchema, { definitions }: DocumentNode): Introspection {
  const types = Object.keys(schema.getTypeMap()).length;
  const fragments = new Map<string, SelectionSetNode>();
  /** Fragments lead to each other on many paths. */
  const known = new Map<SelectionSetNode, number>();
  let fields = 0;
  let values = 0;

  const describe = (set: SelectionSetNode | undefined): number => {
    if (!set) return 0;
    const before = known.get(set);
    if (before !== undefined) return before;
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const length = selection.name.value === 'types' ? types : (LENGTHS[selection.name.value] ?? 1);
        sum += 1 + length * describe(selection.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) sum += describe(selection.selectionSet);
      else sum += describe(fragments.get(selection.name.value));
    }
    known.set(set, sum);
    return sum;
  };
  const find = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.FIELD && ROOTS.has(selection.name.value)) {
        fields += 1;
        values += describe(selection.selectionSet);
      } else find(selection.selectionSet);
    }
  };

  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  }
  for (const definition of definitions) if ('selectionSet' in definition) find(definition.selectionSet);
  return { fields, values: Math.ceil(values) };
}

export function tooMuchIntrospection(values: number): GraphQLError | undefined {
  if (values <= MAX_VALUES) return undefined;
  return refuse(
    `Expected introspection of at most ${MAX_VALUES} values by estimate; got ${values}. Ask for the schema once, ` +
      'or for a type at a time.',
    { code: 'LIMIT_EXCEEDED', limit: 'INTROSPECTION', maximum: MAX_VALUES, got: values },
    { status: 400, spec: true },
  );
}
