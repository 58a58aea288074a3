import type { DevelopmentFilter } from '@doctrine-wire/client';
import { useConnectionStatus } from '@doctrine-wire/client/react';
import { useState } from 'react';
import { useSubscription } from 'urql';
import { status } from './client';
import { Detail } from './detail';
import { FEED } from './documents';
import { Filters } from './filters';
import { Page } from './page';

/** A list that is always what a reload would show. */
export function Wall() {
  const [filter, setFilter] = useState<DevelopmentFilter>({});
  const [slug, setSlug] = useState<string>();
  // The cache has the new state of a development at once. Its place in the list, and what follows it, come from the
  // server: `updates` makes the pages load again.
  useSubscription({ query: FEED });
  return (
    <main>
      <h1>Doctrine Wire</h1>
      <p role="status">{useConnectionStatus(status)}</p>
      <Filters value={filter} onChange={setFilter} />
      <Page key={JSON.stringify(filter)} filter={filter} onOpen={setSlug} />
      {slug && <Detail slug={slug} />}
    </main>
  );
}
