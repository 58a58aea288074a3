import { getNamedType, getNullableType, isAbstractType, isListType, isObjectType } from 'graphql';

/** Arguments that choose a page of a list, not another list. */
const PAGING = ['first', 'after', 'last', 'before'];

/**
 * Returns a module with what normalised caches need to know of the schema.
 *
 * @param {import('graphql').GraphQLSchema} schema
 */
export function cacheFacts(schema) {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const objects = types.filter((type) => isObjectType(type));
  const hasId = (/** @type {import('graphql').GraphQLNamedType} */ type) =>
    (isObjectType(type) || isAbstractType(type)) && 'getFields' in type && 'id' in type.getFields();
  /** @type {Record<string, string[]>} */
  const possibleTypes = {};
  for (const type of types) {
    if (isAbstractType(type)) {
      possibleTypes[type.name] = schema.getPossibleTypes(type).map(({ name }) => name);
    }
  }
  /** @type {Record<string, Record<string, string[]>>} */
  const connections = {};
  /** @type {Record<string, string[]>} */
  const embeddedLists = {};
  for (const type of objects) {
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      if (named.name.endsWith('Connection')) {
        connections[type.name] ??= {};
        Object.assign(connections[type.name] ?? {}, {
          [field.name]: field.args.map(({ name }) => name).filter((name) => !PAGING.includes(name)),
        });
      } else if (isListType(getNullableType(field.type)) && isObjectType(named) && !hasId(named)) {
        embeddedLists[type.name] = [...(embeddedLists[type.name] ?? []), field.name];
      }
    }
  }
  const withoutId = objects
    .filter((type) => !hasId(type) && !['Query', 'Mutation', 'Subscription'].includes(type.name))
    .map(({ name }) => name);
  return `
/** The object types of each interface and union. */
export const possibleTypes: Record<string, string[]> = ${print(possibleTypes)};

/** The paged lists of each type, with the arguments that tell two lists apart. */
export const connections: Record<string, Record<string, string[]>> = ${print(connections)};

/** The lists of objects without an id: a newer list replaces an older one. */
export const embeddedLists: Record<string, string[]> = ${print(embeddedLists)};

/** The object types without an id, which are part of the object that holds them. */
export const typesWithoutId: readonly string[] = ${print(withoutId)};
`;
}

/** @param {unknown} value */
function print(value) {
  return JSON.stringify(value, null, 1);
}
