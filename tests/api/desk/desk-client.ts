import { expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { ADMIN_TOKEN, type TestServer } from '../../support/server.js';

/** An item of deskChanged. */
export interface DeskItem {
  readonly cursor: string;
  readonly isIncomplete: boolean;
  readonly changes: readonly any[];
}

export const DESK = `subscription ($after: Cursor) {
  deskChanged(after: $after) {
    cursor isIncomplete
    changes {
      __typename
      ... on DeskDevelopmentChanged { development { slug status revision headline } }
      ... on DeskNoteChanged { note { text author resolvedBy } development { slug } }
      ... on DeskProposalChanged { proposal { id state assignee headline } }
      ... on DeskPresenceChanged { development { slug } presence { editor } }
      ... on DeskInboxChanged { counts { state count } }
      ... on DeskMergeChanged { merge { kind count undoneAt } }
    }
  }
}`;

/** Follows the desk over graphql-ws. The first item has been received. */
export async function followDesk(server: TestServer, { token = ADMIN_TOKEN, after }: Following = {}) {
  const client = server.client({ authorization: `Bearer ${token}` });
  const items = client.iterate<{ deskChanged: DeskItem }>({ query: DESK, variables: { after } });
  const next = async (): Promise<DeskItem> => {
    const { value } = await items.next();
    if (!value?.data) throw new Error(`No item: ${JSON.stringify(value?.errors)}`);
    return value.data.deskChanged;
  };
  const first = await next();
  let cursor = first.cursor;
  return {
    first,
    get cursor() {
      return cursor;
    },
    /** Reads items until one has a change that passes, and returns that change. */
    until: async (passes: (change: any) => boolean) => {
      for (;;) {
        const item = await next();
        cursor = item.cursor;
        const found = item.changes.find(passes);
        if (found) return found;
      }
    },
    stop: async () => {
      await items.return?.();
      await client.dispose();
    },
  };
}

interface Following {
  readonly token?: string;
  readonly after?: string;
}

/** Records a draft and returns its slug. */
export async function recordDraft(server: TestServer, headline: string, token?: string): Promise<string> {
  const result = await send(
    server,
    'recordStatement',
    { headline, occurred: '2026-01-01' },
    'development { slug }',
    token,
  );
  return result.development.slug;
}

/** Sends a mutation that must succeed, or returns its typed error with `fails`. */
export async function send(
  server: TestServer,
  name: string,
  input: object,
  fields: string,
  token?: string,
  failures = '',
): Promise<any> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await server.request<any>(
    `mutation ($input: ${type}Input!) { it: ${name}(input: $input) { __typename ... on ${type}Success { ${fields} } ... on Error { code message path } ${failures} } }`,
    { variables: { input }, ...(token !== undefined && { token }) },
  );
  expect(errors).toBeUndefined();
  return data.it;
}

/** Makes a token of an editor. */
export const editorToken = (server: TestServer, name: string) =>
  createToken(server.db, { name, role: 'EDITOR' });
