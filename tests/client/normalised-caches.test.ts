import { readFile } from 'node:fs/promises';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client/core';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';
import { expect, vi } from 'vitest';
import { keys, possibleTypes } from '../../packages/client/src/urql.js';
import { test } from '../support/shared.js';
import { createRelayCache } from './relay-cache.js';

interface State {
  readonly id: string;
  readonly revision: number;
  readonly occurred: { readonly text: string };
}

interface Data {
  readonly before: State;
  readonly now: State;
}

const QUESTIONS = new URL('../../docs/questions.md', import.meta.url);

/** Question 5 as it stands, with `__typename` and `id` of both states selected. */
async function questionFive(): Promise<DocumentNode> {
  const text = await readFile(QUESTIONS, 'utf8');
  const query = /^## 5\..*?```graphql\n(.*?)```/ms.exec(text)?.[1];
  if (query === undefined) throw new Error('docs/questions.md has no question 5 with a query.');
  const names = ['__typename', 'id'].map((value) => ({
    kind: Kind.FIELD as const,
    name: { kind: Kind.NAME as const, value },
  }));
  return visit(parse(query), {
    FragmentDefinition: (fragment) => ({
      ...fragment,
      selectionSet: {
        ...fragment.selectionSet,
        selections: [...names, ...fragment.selectionSet.selections],
      },
    }),
  });
}

/** Expects the two dates of the address, under two ids. */
function expectBoth({ before, now }: Data, asked: Data): void {
  expect([before.revision, before.occurred.text]).toEqual([2, asked.before.occurred.text]);
  expect([now.revision, now.occurred.text]).toEqual([asked.now.revision, asked.now.occurred.text]);
  expect(before.occurred.text).not.toBe(now.occurred.text);
  expect(before.id).not.toBe(now.id);
}

test("Apollo's cache shows the state before the correction and the one now", async ({ dossier }) => {
  const query = await questionFive();
  const asked = await dossier.data<Data>(print(query));
  const client = new ApolloClient({
    link: new HttpLink({ uri: dossier.url }),
    cache: new InMemoryCache({
      possibleTypes: { Development: ['Event', 'Statement', 'DoctrineChange'] },
    }),
  });
  await client.query({ query });
  const { data } = await client.query<Data>({ query, fetchPolicy: 'cache-only' });
  if (!data) throw new Error('The cache has no answer.');
  expectBoth(data, asked);
  client.stop();
});

test("urql's Graphcache shows the state before the correction and the one now", async ({ dossier }) => {
  const warn = vi.spyOn(console, 'warn');
  const query = await questionFive();
  const asked = await dossier.data<Data>(print(query));
  const client = new Client({
    url: dossier.url,
    preferGetMethod: false,
    exchanges: [cacheExchange({ keys, possibleTypes }), fetchExchange],
  });
  await client.query(query, {}).toPromise();
  const { data } = await client.query<Data>(query, {}, { requestPolicy: 'cache-only' }).toPromise();
  if (!data) throw new Error('The cache has no answer.');
  expectBoth(data, asked);
  const warnings = warn.mock.calls.flat().map(String);
  expect(warnings.filter((text) => text.startsWith('Heuristic Fragment Matching'))).toEqual([]);
  warn.mockRestore();
});

test("Relay's store shows the state before the correction and the one now", async ({ dossier }) => {
  const query = await questionFive();
  const asked = await dossier.data<Data>(print(query));
  const { read } = createRelayCache(query, asked);
  expectBoth(read() as Data, asked);
});
