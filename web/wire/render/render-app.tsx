import { type Client, ssrExchange } from '@urql/core';
import { renderToString } from 'react-dom/server';
import type { PageRequest, RenderedPage, Site } from '../../../src/http/page/module.js';
import { App } from '../app.js';
import { PlaceMap } from '../charts/place-map.js';
import { Timeline } from '../charts/timeline.js';
import type { Views } from '../charts/views.js';
import { EmbedPage } from '../embed/embed-page.js';
import type { PageState, View } from '../page-state.js';
import { type PageData, planOf } from '../plan.js';
import type { EmbedData } from '../queries/embed.js';
import { SiteProvider } from '../site.js';
import { createClient } from './client.js';
import { describePage } from './describe-page.js';
import { renderDocument } from './document.js';
import { handedSite } from './handed-site.js';
import { renderProblem } from './render-problem.js';
import { findVerdict } from './verdict.js';

/** Asks for the data of a page, then renders it. */
export async function renderApp(site: Site, request: PageRequest, state: PageState): Promise<RenderedPage> {
  const ssr = ssrExchange({ isClient: false });
  const client = createClient(request, ssr);
  const data = await ask(client, state);
  const verdict = findVerdict(state, data);
  if (verdict.kind === 'moved') return moved(verdict.to);
  if (verdict.kind === 'missing') return renderProblem(site, verdict.problem, state.path);
  const handed = handedSite(site, request);
  const body = renderToString(
    <SiteProvider value={handed}>
      {state.page === 'embed' ? (
        <EmbedPage state={state} data={data['embed'] as EmbedData} connection={undefined} />
      ) : (
        <App state={state} data={data} views={'view' in state ? VIEWS[state.view] : {}} />
      )}
    </SiteProvider>,
  );
  const html = renderDocument(site, {
    ...describePage(request.origin, state, data),
    body,
    files: state.page === 'embed' ? site.embed : site.main,
    handed: { results: ssr.extractData(), site: handed },
  });
  return { status: verdict.status, html };
}

/** @throws What the server has thrown, for a query that it has refused. */
async function ask(client: Client, state: PageState): Promise<PageData> {
  const results: Record<string, unknown> = {};
  for (const [name, { document, variables }] of Object.entries(planOf(state))) {
    const { data, error } = await client.query(document, variables).toPromise();
    if (error) throw error.networkError ?? error;
    results[name] = data;
  }
  return results;
}

const VIEWS: Readonly<Record<View, Views>> = {
  list: {},
  changes: {},
  timeline: { Timeline },
  map: { PlaceMap },
};

const moved = (to: string): RenderedPage => ({
  status: 301,
  html: `<!doctype html><title>Moved</title>`,
  headers: { Location: to },
});
