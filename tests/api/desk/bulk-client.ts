import { CITED } from '../../support/example-source.js';
import type { TestServer } from '../../support/server.js';
import { send } from './desk-client.js';

const RESULT = `
  bulk { key count editor reason action }
  changed unchanged failed cursor
  items { slug outcome revision failure { code message } }`;

const REFUSED = '... on BulkRefusedError { failing { slug outcome revision failure { code } } }';

/** Sends a bulk change of developments at the given revisions. */
export const change = (
  server: TestServer,
  items: readonly (readonly [slug: string, revision: number])[],
  action: object,
  { token, ...more }: { token?: string; [field: string]: unknown } = {},
) =>
  send(
    server,
    'bulkChange',
    { items: items.map(([slug, expectedRevision]) => ({ slug, expectedRevision })), action, ...more },
    RESULT,
    token,
    REFUSED,
  );

/** Records statements with a citation and returns their slugs. */
export async function recordMany(
  server: TestServer,
  count: number,
  input: object = {},
  token?: string,
): Promise<string[]> {
  const slugs: string[] = [];
  for (let done = 0; done < count; done += 20) {
    const names = Array.from({ length: Math.min(20, count - done) }, (_, index) => `s${done + index}`);
    const { data, errors } = await server.request<Record<string, { development: { slug: string } }>>(
      `mutation (${names.map((name) => `$${name}: RecordStatementInput!`).join(' ')}) {
        ${names.map((name) => `${name}: recordStatement(input: $${name}) { ... on RecordStatementSuccess { development { slug } } }`).join(' ')}
      }`,
      {
        variables: Object.fromEntries(
          names.map((name) => [
            name,
            { headline: `Statement ${name}`, occurred: '2026-01-01', ...CITED, ...input },
          ]),
        ),
        ...(token !== undefined && { token }),
      },
    );
    if (errors || !data) throw new Error(`Not recorded: ${JSON.stringify(errors)}`);
    slugs.push(...names.map((name) => data[name]?.development.slug ?? ''));
  }
  return slugs;
}
