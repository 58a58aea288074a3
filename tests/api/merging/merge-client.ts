import type { TestServer } from '../../support/server.js';
import { mutate } from '../../support/writes.js';

/** Makes persons, by slug and name. */
export async function makeActors(server: TestServer, names: Readonly<Record<string, string>>): Promise<void> {
  await mutate(server, 'upsertSource', { slug: 'source', title: 'Source', reliability: 'B' });
  for (const [slug, name] of Object.entries(names)) {
    await mutate(server, 'upsertActor', { slug, kind: 'PERSON', name });
  }
}

export type MergeName =
  | 'mergeActors'
  | 'mergeSources'
  | 'mergeTopics'
  | 'mergeWeaponSystems'
  | 'mergeDoctrines'
  | 'mergeDevelopments';

const FIELDS: Readonly<Record<MergeName, string>> = {
  mergeActors: 'actor',
  mergeSources: 'source',
  mergeTopics: 'topic',
  mergeWeaponSystems: 'weaponSystem',
  mergeDoctrines: 'doctrine',
  mergeDevelopments: 'development',
};

const ENTRY = ['Actor', 'Source', 'Topic', 'WeaponSystem', 'Doctrine', 'Development']
  .map((type) => `... on ${type} { slug }`)
  .join(' ');

/** Merges a reference into another one. Returns the success or the error. */
export function merge(
  server: TestServer,
  name: MergeName,
  from: string,
  into: string,
  {
    token,
    ...more
  }: {
    token?: string | undefined;
    expectedRevisions?: object;
    idempotencyKey?: string;
    overrideReview?: boolean;
  } = {},
): Promise<any> {
  const fields = `${FIELDS[name]} { slug } cursor merge { key kind count editor reason undoneAt from { ${ENTRY} } into { ${ENTRY} } }`;
  const input = { from, into, reason: 'One thing.', ...more };
  return sendAny(server, name, input, fields, '... on MergeRefusedError { refusal }', token);
}

/** Takes a merge back. Returns the success or the error. */
export const undo = (
  server: TestServer,
  key: string,
  token?: string | undefined,
  more: object = {},
): Promise<any> =>
  sendAny(
    server,
    'undoMerge',
    { merge: key, ...more },
    'cursor merge { key undoneAt undoneBy }',
    '... on MergeUndoRefusedError { changed { slug isDevelopment reason } }',
    token,
  );

async function sendAny(
  server: TestServer,
  name: string,
  input: object,
  fields: string,
  errors: string,
  token?: string | undefined,
): Promise<any> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const success = `${type}Success`;
  const { data, errors: failed } = await server.request<any>(
    `mutation ($input: ${type}Input!) { result: ${name}(input: $input) {
      __typename ... on ${success} { ${fields} } ... on Error { code message path } ${errors} } }`,
    { variables: { input }, ...(token !== undefined && { token }) },
  );
  if (failed) throw new Error(JSON.stringify(failed));
  return data.result;
}
