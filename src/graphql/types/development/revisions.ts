import {
  countRevisions,
  type RevisionRow,
  readRevisions,
} from '../../../domain/development/read/revisions.js';
import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { pageCost, priced } from '../../cost.js';
import { createPage } from '../../page.js';
import { connectionTypes } from '../../relay.js';
import { loadCounts, loadPages, NEWEST_FIRST, rangeWithin } from '../revision-page.js';
import { RevisionRef } from './revision.js';

const loadRevisions = loadPages(({ db, viewer }, ranges, page) => readRevisions(db, viewer, ranges, page));
const loadCount = loadCounts(({ db, viewer }, ranges, limit) => countRevisions(db, viewer, ranges, limit));

/** The revisions that a view has: those up to its own. */
const rangeOf = ({ id, revision }: DevelopmentView) => ({ ownerId: id, from: 1, to: revision });

/** Returns the revision that a view shows. */
export async function lastRevision(context: Context, view: DevelopmentView): Promise<RevisionRow> {
  const [revision] = await loadRevisions(context, { ...rangeOf(view), direction: 'desc', take: 1 });
  if (!revision) throw new Error(`The development ${view.id} has no revision.`);
  return revision;
}

builder.interfaceField('Development', 'revisions', (t) =>
  t.connection(
    {
      ...priced(pageCost),
      type: RevisionRef,
      description:
        'The revisions up to the returned one, newest first. `revisions(first: 1)` is the latest change. Only editors see revisions of drafts.',
      resolve: (view, args, context) =>
        createPage<RevisionRow>({
          args,
          order: NEWEST_FIRST,
          find: async (page) => [...(await loadRevisions(context, rangeWithin(rangeOf(view), page)))],
          count: (limit) => loadCount(context, { ...rangeOf(view), limit }),
        }),
    },
    ...connectionTypes('Revision', 'revisions'),
  ),
);
