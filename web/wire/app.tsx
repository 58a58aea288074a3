import { AboutPage } from './about/about-page.js';
import type { Views } from './charts/views.js';
import type { Connection } from './connection.js';
import { DevelopmentPage } from './detail/development-page.js';
import type { PageState } from './page-state.js';
import type { PageData } from './plan.js';
import type { ChangesData } from './queries/changes.js';
import type { DevelopmentData } from './queries/development.js';
import type { ReferenceData } from './queries/reference.js';
import type { WireData } from './queries/wire.js';
import { WirePage } from './wire-page.js';

export interface AppProps {
  readonly state: Exclude<PageState, { page: 'embed' }>;
  readonly data: PageData;
  /** The views that the page needs beside the list. */
  readonly views: Views;
  /** Undefined on the server. */
  readonly connection?: Connection | undefined;
}

/** The page at an address. */
export function App({ state, data, views, connection }: AppProps) {
  switch (state.page) {
    case 'wire':
    case 'reference':
      return (
        <WirePage
          state={state}
          data={data['list'] as WireData}
          reference={data['reference'] as ReferenceData | undefined}
          changes={data['changes'] as ChangesData | undefined}
          {...{ views, connection }}
        />
      );
    case 'development':
      return (
        <DevelopmentPage
          state={state}
          data={data['development'] as DevelopmentData}
          connection={connection}
        />
      );
    case 'about':
      return <AboutPage />;
  }
}
