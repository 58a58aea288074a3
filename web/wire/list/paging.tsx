import { linkToList } from '../links.js';
import type { ListState } from '../page-state.js';
import type { WireData } from '../queries/wire.js';

interface PagingProps {
  readonly state: ListState;
  readonly pageInfo: NonNullable<WireData['developments']>['pageInfo'];
}

/** Links to the next and the previous page. */
export function Paging({ state, pageInfo }: PagingProps) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  const { first } = state.selection.page;
  const size = first === undefined ? {} : { first };
  const to = (page: object) => linkToList(state, { selection: { page: { ...size, ...page } } });
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav className="paging" aria-label="Pages of the list">
      {hasPreviousPage && startCursor && (
        <a rel="prev" href={to({ before: startCursor })}>
          Previous page
        </a>
      )}
      {hasNextPage && endCursor && (
        <a rel="next" href={to({ after: endCursor })}>
          Next page
        </a>
      )}
    </nav>
  );
}
