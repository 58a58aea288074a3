import type { PageModule, PageRequest, Pages, RenderedPage, Site } from '../../src/http/page/module.js';
import { ParameterError } from '../../src/parameters/parameter-error.js';
import { isPagePath, type PageState, readPageState } from './page-state.js';
import { renderApp } from './render/render-app.js';
import { renderProblem } from './render/render-problem.js';

/** Creates the pages for a server, which knows them by this contract only. */
export const createPages: PageModule['createPages'] = (site: Site): Pages => ({
  isFor: isPagePath,
  render: (request) => render(site, request),
  renderError: (problem, path) => renderProblem(site, problem, path),
});

async function render(site: Site, request: PageRequest): Promise<RenderedPage> {
  const path = request.target.split('?', 1)[0] ?? '';
  let state: PageState | undefined;
  try {
    state = readPageState(request.target, request.language);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    return renderProblem(site, { status: 400, code: error.code, message: error.message }, path);
  }
  return state ? renderApp(site, request, state) : renderProblem(site, NOT_FOUND, path);
}

const NOT_FOUND = { status: 404, code: 'NOT_FOUND', message: 'There is no page at this address.' };
