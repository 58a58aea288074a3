import { EmbedPage } from './embed/embed-page.js';
import { planOfEmbed } from './embed/embed-plan.js';
import type { EmbedData } from './queries/embed.js';
import { SiteProvider } from './site.js';
import { takeOver } from './take-over.js';
import './styles/embed.css';

await takeOver(
  (state) => (state.page === 'embed' ? planOfEmbed(state) : undefined),
  ({ state, data, site, connection }) =>
    state.page === 'embed' && (
      <SiteProvider value={site}>
        <EmbedPage state={state} data={data['embed'] as EmbedData} connection={connection} />
      </SiteProvider>
    ),
);
