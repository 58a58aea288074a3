import { ApolloProvider } from '@apollo/client/react';
import { createRoot } from 'react-dom/client';
import { client } from './client';
import { Wall } from './wall';

createRoot(document.getElementById('root') as HTMLElement).render(
  <ApolloProvider client={client}>
    <Wall />
  </ApolloProvider>,
);
