import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay';
import { environment } from './environment';
import { Wall } from './wall';

createRoot(document.getElementById('root') as HTMLElement).render(
  <RelayEnvironmentProvider environment={environment}>
    <Suspense fallback="Loading">
      <Wall />
    </Suspense>
  </RelayEnvironmentProvider>,
);
