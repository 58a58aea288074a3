import { builder } from '../../builder.js';

/**
 * Defines a GraphQL enum with the values of an enum of the domain.
 *
 * @param descriptions A description of every value: the compiler reports missing ones.
 */
export function describeEnum<Values extends Record<string, string>>(
  name: string,
  description: string,
  _values: Values,
  descriptions: { readonly [Value in keyof Values]: string },
) {
  const values = Object.entries(descriptions).map(
    ([value, text]) =>
      [value, { value: value as Values[keyof Values], description: text as string }] as const,
  );
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(values) as Record<
      string,
      { value: Values[keyof Values]; description: string }
    >,
  });
}
