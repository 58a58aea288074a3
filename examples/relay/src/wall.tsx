import type { DevelopmentFilter } from '@doctrine-wire/client';
import { useConnectionStatus } from '@doctrine-wire/client/react';
import { Suspense, useState } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { wallQuery } from './__generated__/wallQuery.graphql';
import { Detail } from './detail';
import { status } from './environment';
import { ErrorBoundary } from './error-boundary';
import { Filters } from './filters';
import { List } from './list';

/** A list that is always what a reload would show. */
export function Wall() {
  const [filter, setFilter] = useState<DevelopmentFilter>({});
  const [id, setId] = useState<string>();
  return (
    <main>
      <h1>Doctrine Wire</h1>
      <p role="status">{useConnectionStatus(status)}</p>
      <Filters value={filter} onChange={setFilter} />
      <ErrorBoundary key={JSON.stringify(filter)}>
        {(attempt) => (
          <Suspense fallback="Loading">
            <FilteredList filter={filter} attempt={attempt} onOpen={setId} />
          </Suspense>
        )}
      </ErrorBoundary>
      {id && (
        <ErrorBoundary key={id}>
          {(attempt) => (
            <Suspense fallback="Loading">
              <Detail id={id} attempt={attempt} />
            </Suspense>
          )}
        </ErrorBoundary>
      )}
    </main>
  );
}

function FilteredList(props: { filter: DevelopmentFilter; attempt: number; onOpen: (id: string) => void }) {
  const { filter, attempt, onOpen } = props;
  const query = useLazyLoadQuery<wallQuery>(
    graphql`
      query wallQuery($filter: DevelopmentFilter) {
        ...list_wall @arguments(filter: $filter)
      }
    `,
    { filter },
    { fetchPolicy: 'store-and-network', fetchKey: attempt },
  );
  return <List wall={query} filter={filter} onOpen={onOpen} />;
}
