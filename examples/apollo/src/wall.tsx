import { useQuery, useSubscription } from '@apollo/client/react';
import type { DevelopmentFilter } from '@doctrine-wire/client';
import { useConnectionStatus, useReload } from '@doctrine-wire/client/react';
import { useRef, useState } from 'react';
import { client, status } from './client';
import { Detail } from './detail';
import { FEED, WALL } from './documents';
import { Filters } from './filters';

const PAGE = 5;

/** The items after which the cache is dropped. */
const DROPPING = new Set(['FeedReset', 'DevelopmentErased', 'ReferenceErased']);

/** A list that is always what a reload would show. */
export function Wall() {
  const [filter, setFilter] = useState<DevelopmentFilter>({});
  const [slug, setSlug] = useState<string>();
  const { data, error, fetchMore, refetch } = useQuery(WALL, { variables: { filter, first: PAGE } });
  const { edges = [], totalCount, pageInfo } = data?.developments ?? {};

  // The cache has the new state of a development at once. Its place in the list, and what follows it, come from the
  // server: all loaded pages in one request, which the server answers from its cache to all readers.
  const wanted = useRef(PAGE);
  const reload = useReload(() => refetch({ filter, first: Math.min(100, wanted.current) }));
  useSubscription(FEED, {
    ignoreResults: true,
    onData: ({ data: { data: item } }) => {
      // Any query in the cache may show what was erased. The reset loads the first page, and the reload all that are shown.
      if (DROPPING.has(item?.feed.__typename ?? '')) void client.resetStore().then(reload, reload);
      else reload();
    },
  });

  // A list that loads again meanwhile would replace the new page, so it is loaded again with it.
  async function loadMore() {
    wanted.current = edges.length + PAGE;
    await fetchMore({ variables: { first: PAGE, after: pageInfo?.endCursor } });
    reload();
  }

  function choose(chosen: DevelopmentFilter) {
    wanted.current = PAGE;
    setFilter(chosen);
  }

  return (
    <main>
      <h1>Doctrine Wire</h1>
      <p role="status">{useConnectionStatus(status)}</p>
      <Filters value={filter} onChange={choose} />
      {error && <p role="alert">{error.message}</p>}
      <p id="count">{totalCount} developments</p>
      <ol>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <button type="button" onClick={() => setSlug(node.slug)}>
              {node.headline}
            </button>{' '}
            <small>
              {node.occurred.text}, {node.confidence.toLowerCase()}
              {node.disputed && ', disputed'}
            </small>
          </li>
        ))}
      </ol>
      {pageInfo?.hasNextPage && (
        <button type="button" onClick={loadMore}>
          Load more
        </button>
      )}
      {slug && <Detail slug={slug} />}
    </main>
  );
}
