import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay';
import { environment } from './environment';
import { Wall } from './wall';

createRoot(document.getElementById('root') as HTMLElement).render(
  <RelayEnvironmentProvider environment={environment}>
    <Wall />
  </RelayEnvironmentProvider>,
);
