import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { client } from './client';
import { Wall } from './wall';

createRoot(document.getElementById('root') as HTMLElement).render(
  <Provider value={client}>
    <Wall />
  </Provider>,
);
