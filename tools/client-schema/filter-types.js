import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

/**
 * Returns a module with the type DevelopmentFilter and all types that it needs.
 *
 * @param {import('graphql').GraphQLSchema} schema
 */
export function filterTypes(schema) {
  /** @type {Map<string, string>} */
  const printed = new Map();
  add(schema.getType('DevelopmentFilter'));
  return `\n${[...printed.values()].join('\n')}`;

  /** @param {import('graphql').GraphQLNamedType | undefined} type */
  function add(type) {
    if (!type || printed.has(type.name)) return;
    if (isEnumType(type)) {
      const values = type.getValues().map(({ name }) => `'${name}'`);
      printed.set(type.name, `${comment(type)}export type ${type.name} = ${values.join(' | ')};\n`);
    } else if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const lines = fields.map((field) => {
        const mark = isNonNullType(field.type) ? '' : '?';
        const ending = isNonNullType(field.type) ? '' : ' | null | undefined';
        return `${comment(field, '  ')}  ${field.name}${mark}: ${inputType(field.type)}${ending};`;
      });
      printed.set(type.name, `${comment(type)}export interface ${type.name} {\n${lines.join('\n')}\n}\n`);
      for (const field of fields) add(getNamedType(field.type));
    }
  }
}

/**
 * Returns the TypeScript type of an input, without null.
 *
 * @param {import('graphql').GraphQLInputType} type
 * @returns {string}
 */
function inputType(type) {
  if (isNonNullType(type)) return inputType(type.ofType);
  if (isListType(type)) return `${inputType(type.ofType)}[]`;
  return scalar(type.name);
}

/** @param {string} name */
export function scalar(name) {
  const known = { Int: 'number', Float: 'number', Boolean: 'boolean', JSON: 'unknown' };
  const texts = ['String', 'ID', 'Cursor', 'Date', 'DateTime'];
  return texts.includes(name) ? 'string' : (known[/** @type {keyof typeof known} */ (name)] ?? name);
}

/**
 * @param {{ description?: string | null | undefined }} described
 * @param {string} indent
 */
export function comment({ description }, indent = '') {
  if (!description) return '';
  return `${indent}/** ${description.replaceAll(/\s*\n\s*/g, ' ').replaceAll('*/', '* /')} */\n`;
}
