import {
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  typeFromAST,
  validate,
} from 'graphql';
import { scalar } from './filter-types.js';

/**
 * Returns a module with each fragment's text, and under the same name its type. The fragments must not use others.
 *
 * @param {import('graphql').GraphQLSchema} schema
 * @param {string[]} texts
 */
export function fragmentModule(schema, texts) {
  /** @type {Map<string, string>} */
  const enums = new Map();
  const modules = texts.map((text) => {
    const document = parse(text);
    const [fragment] = document.definitions;
    const problems = validate(schema, document).filter(({ message }) => !message.includes('is never used'));
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || problems.length > 0) throw problems[0];
    const type = typeFromAST(schema, fragment.typeCondition);
    const { value: name } = fragment.name;
    const members = fieldsOf(
      /** @type {import('graphql').GraphQLInterfaceType} */ (type),
      fragment.selectionSet,
      '  ',
    );
    return `/** Fields of a development, as text: put it into a document that spreads \`...${name}\`. */
export const ${name} = \`${text}\n\` as const;

/** An object that has the fields of the fragment ${name}. */
export interface ${name} {\n${members}\n}\n`;
  });
  return `\n${[...enums.values()].join('\n')}\n${modules.join('\n')}`;

  /**
   * @param {import('graphql').GraphQLObjectType | import('graphql').GraphQLInterfaceType} type
   * @param {import('graphql').SelectionSetNode} selection
   * @param {string} indent
   * @returns {string}
   */
  function fieldsOf(type, selection, indent) {
    return selection.selections
      .map((node) => {
        if (node.kind !== Kind.FIELD) throw new Error(`Expected fields only in ${type.name}.`);
        const { value: name } = node.name;
        const key = node.alias?.value ?? name;
        if (name === '__typename') {
          const names = 'getInterfaces' in type && schema.getType(type.name) ? typeNames(type) : [type.name];
          return `${indent}readonly ${key}: ${names.map((one) => `'${one}'`).join(' | ')};`;
        }
        const field = type.getFields()[name];
        if (!field) throw new Error(`${type.name} has no field ${name}.`);
        return `${indent}readonly ${key}: ${outputType(field.type, node.selectionSet, indent)};`;
      })
      .join('\n');
  }

  /** @param {import('graphql').GraphQLObjectType | import('graphql').GraphQLInterfaceType} type */
  function typeNames(type) {
    return 'isTypeOf' in type
      ? [type.name]
      : schema
          .getPossibleTypes(/** @type {import('graphql').GraphQLInterfaceType} */ (type))
          .map(({ name }) => name);
  }

  /**
   * @param {import('graphql').GraphQLOutputType} type
   * @param {import('graphql').SelectionSetNode | undefined} selection
   * @param {string} indent
   * @returns {string}
   */
  function outputType(type, selection, indent) {
    if (!isNonNullType(type)) return `${bare(type, selection, indent)} | null`;
    return bare(type.ofType, selection, indent);
  }

  /**
   * @param {import('graphql').GraphQLNullableType & import('graphql').GraphQLOutputType} type
   * @param {import('graphql').SelectionSetNode | undefined} selection
   * @param {string} indent
   * @returns {string}
   */
  function bare(type, selection, indent) {
    if (isListType(type)) return `readonly ${outputType(type.ofType, selection, indent)}[]`;
    const named = getNamedType(type);
    if (selection) {
      const object = /** @type {import('graphql').GraphQLObjectType} */ (named);
      return `{\n${fieldsOf(object, selection, `${indent}  `)}\n${indent}}`;
    }
    if (!isEnumType(named)) return scalar(named.name);
    return named
      .getValues()
      .map(({ name }) => `'${name}'`)
      .join(' | ');
  }
}
