import { createConnectionStatus, createExchange } from '@doctrine-wire/client/urql';
import { Client, ssrExchange } from '@urql/core';
import { hydrateRoot } from 'react-dom/client';
import { App } from './app.js';
import { loadViews } from './charts/views.js';
import { readPageState } from './page-state.js';
import { planOf } from './plan.js';
import './styles/page.css';

const root = document.getElementById('root');
const handed = document.getElementById('handed')?.textContent;
const state = readPageState(`${location.pathname}${location.search}`);

// Pages about errors are complete as the server sends them.
if (root && handed && state) {
  const { results, site } = JSON.parse(handed);
  const status = createConnectionStatus();
  const client = new Client({
    url: '/graphql',
    exchanges: [
      ssrExchange({ isClient: true, initialState: results }),
      createExchange({ url: new URL('/graphql', location.href), status }),
    ],
  });
  const data = Object.fromEntries(
    Object.entries(planOf(state)).map(([name, { document, variables }]) => [
      name,
      client.readQuery(document, variables)?.data,
    ]),
  );
  const views = await loadViews('view' in state ? state.view : undefined);
  hydrateRoot(
    root,
    <App state={state} data={data} site={site} views={views} connection={{ client, status }} />,
  );
}
