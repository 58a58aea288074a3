import type { VariablesOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { WALL } from './documents';

const PAGE = 5;

/** A page of the list, and those after it that have been asked for. Each is a query of its own. */
export function Page(props: {
  filter: VariablesOf<typeof WALL>['filter'];
  after?: string | null;
  onOpen: (slug: string) => void;
}) {
  const { filter, after, onOpen } = props;
  const [isMoreShown, setIsMoreShown] = useState(false);
  const [{ data, error }] = useQuery({ query: WALL, variables: { filter, first: PAGE, after } });
  const { nodes = [], totalCount, pageInfo } = data?.developments ?? {};
  return (
    <>
      {error && <p role="alert">{error.message}</p>}
      {!after && <p id="count">{totalCount} developments</p>}
      <ol>
        {nodes.map((node) => (
          <li key={node.id}>
            <button type="button" onClick={() => onOpen(node.slug)}>
              {node.headline}
            </button>{' '}
            <small>
              {node.occurred.text}, {node.confidence.toLowerCase()}
              {node.disputed && ', disputed'}
            </small>
          </li>
        ))}
      </ol>
      {pageInfo?.hasNextPage &&
        (isMoreShown ? (
          <Page filter={filter} after={pageInfo.endCursor} onOpen={onOpen} />
        ) : (
          <button type="button" onClick={() => setIsMoreShown(true)}>
            Load more
          </button>
        ))}
    </>
  );
}
