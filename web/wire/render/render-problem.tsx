import { renderToStaticMarkup } from 'react-dom/server';
import type { PageError, RenderedPage, Site } from '../../../src/http/page/module.js';
import { ProblemPage } from '../layout/problem-page.js';
import { renderDocument } from './document.js';

/** Renders a page about an error: what was wrong, and what to do. */
export function renderProblem(site: Site, problem: PageError): RenderedPage {
  const body = renderToStaticMarkup(<ProblemPage problem={problem} hasGraphiQL={site.hasGraphiQL} />);
  const html = renderDocument(site, { title: 'Doctrine Wire', isIndexed: false, body });
  return { status: problem.status, html };
}
