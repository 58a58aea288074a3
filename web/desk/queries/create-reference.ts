import type { Client } from '@urql/core';
import type { Problem } from '../form/save/problems.js';
import type { FoundReference, ReferenceKind } from '../references/kinds.js';

const TYPES: Readonly<Record<ReferenceKind, string>> = {
  ...{ actor: 'Actor', source: 'Source', topic: 'Topic', treaty: 'Treaty' },
  ...{ weaponSystem: 'WeaponSystem', doctrine: 'Doctrine' },
};

type Created =
  | { readonly reference: FoundReference; readonly problems?: undefined }
  | { readonly reference?: undefined; readonly problems: readonly Problem[] };

interface Result {
  readonly result?: {
    readonly __typename: string;
    readonly made?: { readonly slug: string; readonly name: string };
    readonly path?: string;
    readonly message?: string;
    readonly issues?: readonly Problem[];
  } | null;
}

/** Creates a reference. Refuses a slug that is taken: the mutation expects none, because it would change the reference. */
export async function createReference(
  client: Client,
  kind: ReferenceKind,
  input: Readonly<Record<string, unknown>>,
): Promise<Created> {
  const { slug } = input;
  const type = TYPES[kind];
  const name = kind === 'source' ? 'name: title publisher reliability' : 'name';
  const { data, error } = await client
    .mutation<Result>(
      `mutation Create($input: Upsert${type}Input!) {
        result: upsert${type}(input: $input) {
          __typename
          ... on Upsert${type}Success { made: ${kind} { slug ${name} } }
          ... on Error { path message }
          ... on InvalidInputError { issues { path message } }
        }
      }`,
      { input: { ...input, expectedRevision: 0 } },
    )
    .toPromise();
  const {
    made,
    issues,
    path = '',
    message = error?.message ?? 'The server did not answer.',
  } = data?.result ?? {};
  if (made) return { reference: { note: '', ...made } };
  if (data?.result?.__typename === 'RevisionConflictError') {
    return { problems: [{ path: 'slug', message: `“${slug}” is taken. Use it, or write another key.` }] };
  }
  return { problems: issues ?? [{ path, message }] };
}
