import { App } from './app.js';
import { loadViews } from './charts/views.js';
import { planOf } from './plan.js';
import { SiteProvider } from './site.js';
import { takeOver } from './take-over.js';
import './styles/page.css';

await takeOver(planOf, async ({ state, data, site, connection }) => {
  if (state.page === 'embed') return null; // It has a script of its own.
  const views = await loadViews('view' in state ? state.view : undefined);
  return (
    <SiteProvider value={site}>
      <App state={state} data={data} views={views} connection={connection} />
    </SiteProvider>
  );
});
