import { renderToStaticMarkup } from 'react-dom/server';
import type { PageError, RenderedPage, Site } from '../../../src/http/page/module.js';
import { EmbedProblem } from '../embed/embed-problem.js';
import { ProblemPage } from '../layout/problem-page.js';
import { EMBED_PATH } from '../page-state.js';
import { SiteProvider } from '../site.js';
import { renderDocument } from './document.js';
import { handedSite } from './handed-site.js';

/**
 * Renders a page about an error: what was wrong, and what to do.
 *
 * @param path The path that was asked for.
 */
export function renderProblem(site: Site, problem: PageError, path: string): RenderedPage {
  const isEmbedded = path === EMBED_PATH;
  const body = renderToStaticMarkup(
    isEmbedded ? (
      <EmbedProblem problem={problem} />
    ) : (
      <SiteProvider value={handedSite(site, { origin: '', language: 'en', hasSession: false })}>
        <ProblemPage problem={problem} />
      </SiteProvider>
    ),
  );
  const files = isEmbedded ? site.embed : site.main;
  const html = renderDocument(site, { title: 'Doctrine Wire', isIndexed: false, body, files });
  return { status: problem.status, html };
}
