import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../../src/graphql/schema.js';

/** Argument values by name. A field that requires another argument cannot be selected. */
export type Given = Readonly<Record<string, string>>;

/**
 * Returns a query for a root field and everything reachable from it, down to a depth. It need not be
 * valid, because fields of union members can conflict.
 */
export function everythingUnder(root: string, given: Given, depth: number): string {
  const field = schema.getQueryType()?.getFields()[root];
  if (!field) throw new Error(`Query has no field ${root}.`);
  const fragments = new Map<string, string>();
  const query = `{ ${ask(field, given, depth, fragments)} }`;
  return [query, ...fragments.values()].join('\n');
}

function ask(
  { name, args, type }: GraphQLField<unknown, unknown>,
  given: Given,
  depth: number,
  fragments: Map<string, string>,
): string {
  const missing = args.find((arg) => isRequiredArgument(arg) && given[arg.name] === undefined);
  if (missing) throw new Error(`Give a value for the argument ${missing.name} of ${name}: ${missing.type}.`);
  const known = args.filter((arg) => given[arg.name] !== undefined);
  const list = known.map((arg) => `${arg.name}: ${given[arg.name]}`).join(', ');
  const of = getNamedType(type);
  const selection = isCompositeType(of) ? `{ ...${fragmentOn(of, given, depth - 1, fragments)} }` : '';
  return `${name}${list && `(${list})`} ${selection}`;
}

function fragmentOn(
  type: GraphQLNamedType,
  given: Given,
  depth: number,
  fragments: Map<string, string>,
): string {
  const name = `${type.name}_${depth}`;
  if (fragments.has(name)) return name;
  fragments.set(name, ''); // Reserves the name, because fragments can refer to each other.
  const own = isObjectType(type) ? Object.values(type.getFields()) : [];
  const fields = own.flatMap((field) =>
    isCompositeType(getNamedType(field.type)) && depth <= 0 ? [] : [ask(field, given, depth, fragments)],
  );
  const members = isObjectType(type) || !isCompositeType(type) ? [] : schema.getPossibleTypes(type);
  const spreads = members.map((member) => `...${fragmentOn(member, given, depth, fragments)}`);
  fragments.set(name, `fragment ${name} on ${type.name} { __typename ${[...fields, ...spreads].join(' ')} }`);
  return name;
}
