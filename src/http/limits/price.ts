import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  declaredInputPrice,
  declaredPrice,
  type FieldPrice,
  INTROSPECTION_COST,
  type InputPrice,
  LIST_COST,
  MUTATION_COST,
  onlyPoints,
  PAGE,
  REQUEST_COST,
} from '../../graphql/cost.js';

/** The parts of a request that its price depends on. The operation has been validated. */
export interface Priced {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced, with their default values. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What an operation asks for at most. */
export interface Price {
  readonly points: number;
  /** Fields within fields. */
  readonly depth: number;
  /** Values of filters, each as often as it is used. */
  readonly filterValues: number;
  /** The length of the longest list in a filter. */
  readonly longestList: number;
}

/**
 * Prices an operation by the rule in the description of `Query`. Skipped fields cost nothing. Fragments count wherever
 * they are spread, and are visited once.
 *
 * @throws {GraphQLError} For an argument that cannot be coerced: a null variable where null is not allowed.
 */
export function priceOperation(priced: Priced): Price {
  const { schema, operation } = priced;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no type for a ${operation.operation}.`);
  const walk = new PriceWalk(priced);
  const { points, depth, filterValues } = walk.selection(operation.selectionSet, root, undefined);
  const factor = operation.operation === 'mutation' ? MUTATION_COST : 1;
  return {
    points: Math.min(REQUEST_COST + points * factor, Number.MAX_SAFE_INTEGER),
    depth,
    filterValues: Math.min(filterValues, Number.MAX_SAFE_INTEGER),
    longestList: walk.longestList,
  };
}

/** A part of an operation. */
interface Sum {
  readonly points: number;
  readonly depth: number;
  readonly filterValues: number;
}

const NOTHING: Sum = { points: 0, depth: 0, filterValues: 0 };

class PriceWalk {
  longestList = 0;
  readonly #priced: Priced;
  readonly #fragments = new Map<string, Sum>();
  /** The prices of values by their identity: one variable can be used many times. */
  readonly #inputs = new Map<unknown, InputPrice>();

  constructor(priced: Priced) {
    this.#priced = priced;
  }

  /** @param size The page size that fields count by, directly below a page. */
  selection({ selections }: SelectionSetNode, type: GraphQLCompositeType, size: number | undefined): Sum {
    let { points, depth, filterValues } = NOTHING;
    for (const selection of selections) {
      if (!this.#isIncluded(selection)) continue;
      const part = this.#part(selection, type, size);
      points += part.points;
      depth = Math.max(depth, part.depth);
      filterValues += part.filterValues;
    }
    return { points, depth, filterValues };
  }

  #isIncluded(node: SelectionNode): boolean {
    if (!node.directives || node.directives.length === 0) return true;
    const { variables } = this.#priced;
    return (
      getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
      getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
    );
  }

  #part(node: SelectionNode, type: GraphQLCompositeType, size: number | undefined): Sum {
    if (node.kind === Kind.FIELD) return this.#field(node, type, size);
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const on = node.typeCondition ? this.#typeOf(node.typeCondition.name.value) : type;
      return this.selection(node.selectionSet, on, size);
    }
    const name = node.name.value;
    const key = `${name} ${size}`;
    const known = this.#fragments.get(key);
    if (known) return known;
    const fragment = this.#priced.fragments.get(name);
    if (!fragment) throw new Error(`The document has no fragment ${name}.`);
    const on = this.#typeOf(fragment.typeCondition.name.value);
    const sum = this.selection(fragment.selectionSet, on, size);
    this.#fragments.set(key, sum);
    return sum;
  }

  #typeOf(name: string): GraphQLCompositeType {
    const type = this.#priced.schema.getType(name);
    if (isCompositeType(type)) return type;
    throw new Error(`The schema has no composite type ${name}.`);
  }

  #field(node: FieldNode, type: GraphQLCompositeType, size: number | undefined): Sum {
    const name = node.name.value;
    const leaf: Sum = { points: 1, depth: 1, filterValues: 0 };
    if (name === '__typename') return leaf;
    // Its selection has a bound of its own: see introspection-limit.ts.
    if (name.startsWith('__')) return { ...leaf, points: 1 + INTROSPECTION_COST };
    const field = isUnionType(type) ? undefined : type.getFields()[name];
    if (!field) throw new Error(`The type ${type.name} has no field ${name}.`);
    const args = field.args.length > 0 ? getArgumentValues(field, node, this.#priced.variables) : {};
    const price = priceOfField(field, args);
    const times = price.times === PAGE ? (size ?? LIST_COST) : price.times;
    const sizeBelow = price.size === PAGE ? size : price.size;
    const inputs = this.#arguments(field, args);
    const below = getNamedType(field.type);
    const { selectionSet } = node;
    const sub =
      selectionSet && isCompositeType(below) ? this.selection(selectionSet, below, sizeBelow) : NOTHING;
    return {
      points: price.points + inputs.points + times * sub.points,
      depth: 1 + sub.depth,
      filterValues: inputs.values + sub.filterValues,
    };
  }

  /** Prices the values of arguments: those of filters by their rule, and the items of other lists. */
  #arguments(field: GraphQLField<unknown, unknown>, args: Readonly<Record<string, unknown>>) {
    let [points, values] = [0, 0];
    for (const { name, type } of field.args) {
      const value = args[name];
      if (typeof value !== 'object' || value === null) continue;
      const price = this.#inputs.get(value) ?? priceOfInput(declaredInputPrice(getNamedType(type)), value);
      this.#inputs.set(value, price);
      points += price.points;
      values += price.values;
      this.longestList = Math.max(this.longestList, price.longest);
    }
    return { points, values };
  }
}

function priceOfField(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): FieldPrice & Required<Pick<FieldPrice, 'times'>> {
  const isList = isListType(getNullableType(field.type));
  const isOfLeaves = !isCompositeType(getNamedType(field.type));
  const price = declaredPrice(field, args) ?? { points: isList && isOfLeaves ? 1 + LIST_COST : 1 };
  return { times: isList ? LIST_COST : 1, ...price };
}

function priceOfInput(rule: ReturnType<typeof declaredInputPrice>, value: object): InputPrice {
  if (rule) return rule(value);
  let items = 0;
  const count = (one: unknown): void => {
    if (Array.isArray(one)) items += one.length;
    if (typeof one === 'object' && one !== null) for (const within of Object.values(one)) count(within);
  };
  count(value);
  return onlyPoints(items);
}
