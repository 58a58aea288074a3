import type { DevelopmentFilter } from '@doctrine-wire/client';
import { useReload } from '@doctrine-wire/client/react';
import { useRef } from 'react';
import { graphql, usePaginationFragment } from 'react-relay';
import type { list_wall$key } from './__generated__/list_wall.graphql';
import type { listPaginationQuery } from './__generated__/listPaginationQuery.graphql';
import { useFeed } from './feed';

const PAGE = 5;

export function List(props: {
  wall: list_wall$key;
  filter: DevelopmentFilter;
  onOpen: (id: string) => void;
}) {
  const { data, hasNext, refetch } = usePaginationFragment<listPaginationQuery, list_wall$key>(
    graphql`
      fragment list_wall on Query
      @refetchable(queryName: "listPaginationQuery")
      @argumentDefinitions(
        filter: { type: "DevelopmentFilter" }
        first: { type: "Int", defaultValue: 5 }
        after: { type: "Cursor" }
      ) {
        developments(filter: $filter, first: $first, after: $after)
          @connection(key: "list_developments", filters: ["filter"]) {
          totalCount
          edges {
            node {
              id
              slug
              revision
              headline
              confidence
              disputed
              occurred {
                text
              }
            }
          }
        }
      }
    `,
    props.wall,
  );
  const { edges = [], totalCount } = data.developments ?? {};

  // The store has the new state of a development at once. Its place in the list, and what follows it, come from the
  // server: all loaded pages in one request, which the server answers from its cache to all readers.
  const wanted = useRef(PAGE);
  const reload = useReload(() => {
    const first = Math.min(100, wanted.current);
    refetch({ filter: props.filter, first }, { fetchPolicy: 'store-and-network' });
  });
  useFeed(reload);

  // Not `loadNext`: Relay drops its page, without `onComplete`, if the list begins to load again before it is rendered.
  function loadMore() {
    wanted.current = edges.length + PAGE;
    reload();
  }

  return (
    <>
      <p id="count">{totalCount} developments</p>
      <ol>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <button type="button" onClick={() => props.onOpen(node.id)}>
              {node.headline}
            </button>{' '}
            <small>
              {node.occurred.text}, {node.confidence.toLowerCase()}
              {node.disputed && ', disputed'}
            </small>
          </li>
        ))}
      </ol>
      {hasNext && (
        <button type="button" onClick={loadMore}>
          Load more
        </button>
      )}
    </>
  );
}
