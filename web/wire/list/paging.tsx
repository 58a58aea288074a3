import type { ReactNode } from 'react';
import { linkToList } from '../links.js';
import type { ListState } from '../page-state.js';
import type { WireData } from '../queries/wire.js';

interface PagingProps {
  readonly state: ListState;
  readonly pageInfo: NonNullable<WireData['developments']>['pageInfo'];
  /** The cursor of the last development that is shown, if there are more. */
  readonly next: string | undefined;
  /** Stands between the links. */
  readonly children: ReactNode;
}

/** Links to the next and the previous page. */
export function Paging({ state, pageInfo, next, children }: PagingProps) {
  const { hasPreviousPage, startCursor } = pageInfo;
  const { first } = state.selection.page;
  const size = first === undefined ? {} : { first };
  const to = (page: object) => linkToList(state, { selection: { page: { ...size, ...page } } });
  if (next === undefined && !hasPreviousPage) return null;
  return (
    <nav className="paging" aria-label="Pages of the list">
      {hasPreviousPage && startCursor && (
        <a rel="prev" href={to({ before: startCursor })}>
          Previous page
        </a>
      )}
      {children}
      {next !== undefined && (
        <a rel="next" href={to({ after: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}
