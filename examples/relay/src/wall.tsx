import type { DevelopmentFilter } from '@doctrine-wire/client';
import { useConnectionStatus } from '@doctrine-wire/client/react';
import { Suspense, useState } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { wallQuery } from './__generated__/wallQuery.graphql';
import { Detail } from './detail';
import { status } from './environment';
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
      <Suspense fallback="Loading">
        <FilteredList key={JSON.stringify(filter)} filter={filter} onOpen={setId} />
        {id && <Detail id={id} />}
      </Suspense>
    </main>
  );
}

function FilteredList({ filter, onOpen }: { filter: DevelopmentFilter; onOpen: (id: string) => void }) {
  const query = useLazyLoadQuery<wallQuery>(
    graphql`
      query wallQuery($filter: DevelopmentFilter) {
        ...list_wall @arguments(filter: $filter)
      }
    `,
    { filter },
    { fetchPolicy: 'store-and-network' },
  );
  return <List wall={query} filter={filter} onOpen={onOpen} />;
}
