import type { RevisionRow } from '../../../domain/development/read/revisions.js';
import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { pageCost, priced } from '../../cost.js';
import { loadRevisionCount, loadRevisions } from '../../loaders.js';
import { createPage, type PageQuery } from '../../page.js';
import type { Order } from '../../page-cursor.js';
import { connectionTypes } from '../../relay.js';
import { RevisionRef } from './revision.js';

const NEWEST_FIRST: Order<RevisionRow> = {
  name: 'revision',
  columns: [{ field: 'number', type: 'number', direction: 'desc', value: ({ number }) => number }],
};

/** The revisions that a view has: those up to its own. */
const rangeOf = ({ id, revision }: DevelopmentView) => ({ developmentId: id, from: 1, to: revision });

/** Returns the revision that a view shows. */
export async function lastRevision(context: Context, view: DevelopmentView): Promise<RevisionRow> {
  const [revision] = await loadRevisions(context, { ...rangeOf(view), direction: 'desc', take: 1 });
  if (!revision) throw new Error(`The development ${view.id} has no revision.`);
  return revision;
}

/** Narrows the range of a view to the bounds of a page. */
function rangeWithin(view: DevelopmentView, { columns, bounds, take }: PageQuery) {
  const direction = columns[0]?.direction ?? 'desc';
  const range = rangeOf(view);
  for (const { values, isAfter, isInclusive } of bounds) {
    // Cursors can hold any integer, and the database's are smaller.
    const number = Math.min(Math.max(Number(values[0]), 0), view.revision + 1);
    const step = isInclusive ? 0 : 1;
    if ((direction === 'asc') === isAfter) range.from = Math.max(range.from, number + step);
    else range.to = Math.min(range.to, number - step);
  }
  return { ...range, direction, take };
}

builder.interfaceField('Development', 'revisions', (t) =>
  t.connection(
    {
      ...priced(pageCost),
      type: RevisionRef,
      description:
        'The revisions up to the returned one, newest first. `revisions(first: 1)` is the latest change. Only editors see revisions of drafts.',
      resolve: (view, args, context) =>
        createPage({
          args,
          order: NEWEST_FIRST,
          find: async (page) => [...(await loadRevisions(context, rangeWithin(view, page)))],
          count: (limit) => loadRevisionCount(context, { ...rangeOf(view), limit }),
        }),
    },
    ...connectionTypes('Revision', 'revisions'),
  ),
);
