import { createConnectionStatus, createExchange } from '@doctrine-wire/client/urql';
import { Client, ssrExchange } from '@urql/core';
import { type ReactNode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import type { Connection } from './connection.js';
import { type PageState, readPageState } from './page-state.js';
import type { PageData, Plan } from './plan.js';
import type { HandedSite } from './site.js';

/** What the server hands over. */
export interface Handed {
  readonly state: PageState;
  readonly data: PageData;
  readonly site: HandedSite;
  readonly connection: Connection;
}

/**
 * Takes over the page that the server has rendered. Pages about errors are complete as the server sends them.
 *
 * @param planOf Returns the queries of the page. Undefined: the script is not for it.
 */
export async function takeOver(
  planOf: (state: PageState) => Readonly<Record<string, Plan>> | undefined,
  render: (handed: Handed) => ReactNode | Promise<ReactNode>,
): Promise<void> {
  const root = document.getElementById('root');
  const text = document.getElementById('handed')?.textContent;
  if (!root || !text) return;
  const { results, site } = JSON.parse(text);
  const state = readPageState(`${location.pathname}${location.search}`, site.language);
  const plan = state && planOf(state);
  if (!plan) return;
  const status = createConnectionStatus();
  const client = new Client({
    url: '/graphql',
    exchanges: [
      ssrExchange({ isClient: true, initialState: results }),
      createExchange({ url: new URL('/graphql', location.href), status }),
    ],
  });
  const data = Object.fromEntries(
    Object.entries(plan).map(([name, { document: query, variables }]) => [
      name,
      client.readQuery(query, variables)?.data,
    ]),
  );
  const page = await render({ state, data, site, connection: { client, status } });
  // In slices, so that a reader who scrolls meanwhile does not wait.
  startTransition(() => {
    hydrateRoot(root, page);
  });
}
