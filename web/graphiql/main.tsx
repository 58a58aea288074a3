import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createFetcher } from './fetcher.js';
import { readLink } from './link.js';
import { LiveSessions } from './live-sessions.js';
import { createPageStorage } from './page-storage.js';
import { Session } from './session.js';
import { ShareButton } from './share-button.js';
import { createShownTabs } from './shown-tabs.js';
import { defaultTabs } from './tabs.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

const url = new URL('/graphql', location.href);
const tabs = createShownTabs();
const sessions = new LiveSessions(url, tabs);
const fetcher = createFetcher(url, sessions);
const storage = createPageStorage(localStorage);
const linked = readLink(location.search);
const linkedTab = linked && { query: linked.query, variables: linked.variables ?? null };

createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    // GraphiQL opens the link in a tab of its own where it has stored tabs, and ignores it on a first visit.
    defaultTabs={linkedTab ? [linkedTab, ...defaultTabs] : defaultTabs}
    {...(linked && { initialQuery: linked.query, initialVariables: linked.variables ?? '' })}
    onTabChange={(state) => {
      tabs.changed(state);
      sessions.sweep();
    }}
    inputValueDeprecation
    schemaDescription
    // Keeps headers, with the token, in this browser's localStorage, so that a reload does not lose the token.
    // The settings dialog (bottom left) turns this off and deletes them.
    shouldPersistHeaders
  >
    <GraphiQL.Logo>
      <span className="logo">Doctrine Wire</span>
    </GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, copy, merge }) => (
        <>
          {prettify}
          {merge}
          {copy}
          <ShareButton />
        </>
      )}
    </GraphiQL.Toolbar>
    <Session sessions={sessions} />
  </GraphiQL>,
);
