import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createFetcher } from './fetcher.js';
import { createPageStorage } from './page-storage.js';
import { defaultTabs } from './tabs.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <GraphiQL
    fetcher={createFetcher(new URL('/graphql', location.href))}
    storage={createPageStorage(localStorage)}
    defaultTabs={defaultTabs}
    defaultTheme="light"
    inputValueDeprecation
    schemaDescription
    // Keeps headers, with the token, in this browser's localStorage, so that a reload does not lose the token.
    // The settings dialog (bottom left) turns this off and deletes them.
    shouldPersistHeaders
  >
    <GraphiQL.Logo>
      <span className="logo">Doctrine Wire</span>
    </GraphiQL.Logo>
  </GraphiQL>,
);
