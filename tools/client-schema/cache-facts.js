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
  /** @type {Record<string, string>} Names in one text: a page loads them, and brackets and quotes take space. */
  const possibleTypes = {};
  /** @type {Record<string, string[]>} The mutations with the same errors, by these, without their suffix. */
  const mutations = {};
  for (const type of types) {
    if (!isAbstractType(type)) continue;
    const members = schema.getPossibleTypes(type).map(({ name }) => name);
    const mutation = type.name.replace(/Result$/, '');
    const others = members.filter((name) => name !== `${mutation}Success`);
    if (others.length < members.length && others.every((name) => name.endsWith('Error'))) {
      const errors = others.map((name) => name.replace(/Error$/, '')).join(' ');
      mutations[errors] = [...(mutations[errors] ?? []), mutation];
    } else possibleTypes[type.name] = members.join(' ');
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
  const derived = new Set([
    ...Object.values(mutations).flatMap((names) => names.map((mutation) => `${mutation}Success`)),
    ...(possibleTypes['Error'] ?? '').split(' '),
  ]);
  const others = withoutId.filter((name) => !derived.has(name));
  if (others.length + derived.size !== withoutId.length) {
    throw new Error('Expected no id on errors and on successes of mutations.');
  }
  const paged = others
    .flatMap((name) => /^(.*)Edge$/.exec(name)?.[1] ?? [])
    .filter((name) => others.includes(`${name}Connection`));
  const pages = new Set(paged.flatMap((name) => [`${name}Connection`, `${name}Edge`]));
  const { Query = {}, ...ofObjects } = connections;
  return `
/** The mutations with each list of errors, without their suffix: a result is a success or one of them. */
const errors = /* @__PURE__ */ (() =>
  Object.entries(${print(textsOf(mutations))}).flatMap(([those, names]) =>
    names.split(' ').map((name) => [name, those.split(' ')] as const),
  ))();

/** The object types of each interface and union. */
export const possibleTypes: Record<string, string[]> = /* @__PURE__ */ Object.fromEntries([
  ...Object.entries(${print(possibleTypes)}).map(([type, members]) => [type, members.split(' ')]),
  ...errors.map(([name, those]) => [
    \`\${name}Result\`,
    [\`\${name}Success\`, ...those.map((error) => \`\${error}Error\`)],
  ]),
]);

/** The paged lists of Query, with the arguments that tell two lists apart. */
export const queryConnections: Record<string, string[]> = ${print(Query)};

/** The paged lists of the other types. */
export const connections: Record<string, Record<string, string[]>> = ${print(ofObjects)};

/** The lists of objects without an id: a newer list replaces an older one. */
export const embeddedLists: Record<string, string[]> = ${print(embeddedLists)};

/** The object types without an id, which are part of the object that holds them. */
export const typesWithoutId: readonly string[] = [
  ...'${others.filter((name) => !pages.has(name)).join(' ')}'.split(' '),
  ...'${paged.join(' ')}'.split(' ').flatMap((name) => [\`\${name}Connection\`, \`\${name}Edge\`]),
  ...errors.map(([name]) => \`\${name}Success\`),
  ...(possibleTypes['Error'] ?? []),
];
`;
}

/**
 * Joins lists of names, as in `possibleTypes`.
 *
 * @param {Record<string, string[]>} lists
 */
const textsOf = (lists) =>
  Object.fromEntries(Object.entries(lists).map(([key, names]) => [key, names.join(' ')]));

/** @param {unknown} value */
function print(value) {
  return JSON.stringify(value, null, 1);
}
