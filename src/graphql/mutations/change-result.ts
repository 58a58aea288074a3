/**
 * The result of a mutation on a development of any kind: an interface cannot stand in a union, so the
 * development is a field of the mutation's success type.
 *
 * @param done What has come about, after "The development as it is now: ".
 */
export function changeResult<Errors extends { types: unknown[] }>(
  name: string,
  done: string,
  errors: Errors,
) {
  return {
    ...errors,
    directResult: false,
    union: { name: `${name}Result`, description: 'The development changed, or why not.' },
    result: { name: `${name}Success`, description: `It is done: ${done}.` },
    dataField: { name: 'development', description: 'The development as it is now.' },
  } as const;
}
