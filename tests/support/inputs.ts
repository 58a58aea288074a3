import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { schema } from '../../src/graphql/schema.js';

/** A mutation with the smallest input that the schema accepts. */
export interface LeastMutation {
  readonly name: string;
  /** The document, with `$input` as its variable and a selection of its errors. */
  readonly query: string;
  readonly type: GraphQLInputType;
  readonly input: object;
}

/** Every mutation of the schema. */
export function everyMutation(): LeastMutation[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name, args: [arg] }) => {
    if (arg?.name !== 'input') throw new Error(`${name} does not take one input.`);
    const query = `mutation ($input: ${arg.type}) { result: ${name}(input: $input) { __typename ... on Error { code message } } }`;
    return { name, query, type: arg.type, input: leastOf(arg.type, name) as object };
  });
}

const NO_KEY = '0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d';

/** Returns the smallest value of a type: required fields only, well-formed, and unknown to the record. */
export function leastOf(type: GraphQLInputType, field: string): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType, field);
  if (isListType(type)) return [leastOf(type.ofType, field)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const valued = (some: typeof fields) =>
      some.map(({ name, type: of }) => [name, leastOf(of, name)] as const);
    if (!type.isOneOf) return Object.fromEntries(valued(fields.filter(isRequiredInputField)));
    return Object.fromEntries(
      valued(fields)
        .filter(([, value]) => value !== undefined)
        .slice(0, 1),
    );
  }
  const values: Record<string, unknown> = {
    String: field === 'occurred' || field === 'since' || field === 'within' ? '2020' : 'x',
    Int: 1,
    Float: 1,
    Boolean: true,
    DateTime: '2020-01-01T00:00:00Z',
    ID: /^proposals?$/.test(field) ? Buffer.from(`Proposal:${NO_KEY}`).toString('base64') : NO_KEY,
    JSON: '2020', // The first claim field is a date.
  };
  return values[type.name];
}

const TEXTS = new Set(['String', 'ID', 'JSON', 'Cursor']);

/** Returns a copy of the input for each text field at any depth, with that field set to `text`. Skips recursive types. */
export function withEachText(
  type: GraphQLInputType,
  input: unknown,
  text: string,
  within: readonly string[] = [],
): { path: string; value: unknown }[] {
  if (isNonNullType(type)) return withEachText(type.ofType, input, text, within);
  if (isListType(type)) {
    return withEachText(type.ofType, leastOf(type.ofType, ''), text, within).map(({ path, value }) => ({
      path,
      value: [value],
    }));
  }
  if (!isInputObjectType(type)) return TEXTS.has(type.name) ? [{ path: '', value: text }] : [];
  if (within.includes(type.name)) return [];
  return Object.values(type.getFields()).flatMap(({ name, type: of }) =>
    withEachText(of, leastOf(of, name), text, [...within, type.name]).map(({ path, value }) => ({
      path: path === '' ? name : `${name}.${path}`,
      value: { ...(type.isOneOf ? {} : (input as object)), [name]: value },
    })),
  );
}
