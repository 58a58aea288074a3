import { exportRecord } from '../../src/backup/export.js';
import type { TestServer } from './server.js';

/** Requests an erasure. Returns the success or the error. */
export async function requestErasure(server: TestServer, input: object): Promise<Record<string, any>> {
  const { result } = await server.data(
    `mutation ($input: RequestErasureInput!) {
      result: requestErasure(input: $input) {
        ... on RequestErasureSuccess { confirmationCode title revisions notes slugs developments namedIn { slug } namedInCount }
        ... on Error { code path }
      }
    }`,
    { input: { ground: 'PERSONAL_DATA', reason: 'Case 7', ...input } },
  );
  return result;
}

/** Confirms an erasure by `$code`. */
export const ERASE = `mutation ($code: String!) {
  result: erase(input: { code: $code }) {
    ... on EraseSuccess {
      development { ... on Node { id } slug headline status }
      reference { __typename ... on Node { id } ...Named }
      revisions notes developments cursor
    }
    ... on Error { code }
  }
}
fragment Named on Reference {
  ... on Actor { slug name } ... on Source { slug name: title } ... on Topic { slug name }
  ... on Treaty { slug name } ... on WeaponSystem { slug name } ... on Doctrine { slug name }
}`;

/** Erases something in the two steps of an admin. */
export async function erase(server: TestServer, input: object): Promise<Record<string, any>> {
  const { confirmationCode: code } = await requestErasure(server, input);
  return (await server.data(ERASE, { code }))['result'];
}

/** Finds words in any row of any table, as a dump would show them. Returns the tables. */
export async function tablesWith({ db }: TestServer, words: readonly string[]): Promise<string[]> {
  const tables = await db.$queryRawUnsafe<{ name: string }[]>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `SELECT count(*) AS count FROM ${name} AS it WHERE to_jsonb(it)::text ~* $1`,
      words.join('|'),
    );
    if (row && row.count > 0n) found.push(name);
  }
  return found;
}

/** Exports the record. Returns the lines. */
export async function exportOf(server: TestServer): Promise<string[]> {
  const lines: string[] = [];
  await exportRecord(server.db, async (some) => {
    lines.push(...some);
  });
  return lines;
}
