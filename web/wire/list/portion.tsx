import { linkToList } from '../links.js';
import type { ListState } from '../page-state.js';
import type { WireData } from '../queries/wire.js';
import { counted } from '../words.js';

interface PortionProps {
  readonly state: ListState;
  /** How many developments the chart shows. */
  readonly shown: number;
  readonly developments: NonNullable<WireData['developments']>;
}

/** Says that a chart shows a part of the developments, and how to see the others. Nothing where it shows all. */
export function Portion({ state, shown, developments }: PortionProps) {
  const { totalCount, totalCountIsExact, pageInfo } = developments;
  const { hasNextPage, hasPreviousPage, endCursor } = pageInfo;
  if (!hasNextPage && !hasPreviousPage) return null;
  const { first } = state.selection.page;
  const page = { ...(first !== undefined && { first }), ...(endCursor && { after: endCursor }) };
  return (
    <p className="small">
      The {state.view} shows {shown.toLocaleString('en')} of {counted(totalCount, 'development')}
      {!totalCountIsExact && ' or more'}.{' '}
      {hasNextPage && (
        <>
          <a href={linkToList(state, { selection: { page } })}>See the next ones</a>, or filter for fewer.
        </>
      )}
    </p>
  );
}
