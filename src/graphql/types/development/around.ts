import { listDevelopments } from '../../../domain/development/read/list.js';
import { findNeighbours } from '../../../domain/development/read/neighbours.js';
import {
  COMPARED,
  COMPARED_DEVELOPMENTS,
  findRelated,
  RELATED_POINTS,
} from '../../../domain/development/read/related.js';
import type { At, DevelopmentView } from '../../../domain/development/read/view.js';
import { BadArgumentError } from '../../../domain/errors.js';
import type { DevelopmentFilter } from '../../../domain/filter/types.js';
import { builder } from '../../builder.js';
import { batched, type Context } from '../../context.js';
import { LOADED, priced, relatedCost } from '../../cost.js';
import { DevelopmentFilterInput } from '../../inputs/filter.js';
import { inGroups, loadView } from '../../loaders.js';
import { showDevelopments } from '../budget.js';

interface NeighbourKey {
  readonly view: DevelopmentView;
  readonly side: 'previous' | 'next';
  readonly filter: DevelopmentFilter | null | undefined;
}

/** Loads the ids of neighbours, with one statement for each side, filter and position. */
const loadNeighbour = batched(1_000, async (context: Context, keys: readonly NeighbourKey[]) => {
  const { db, viewer, references } = context;
  const found = new Map<NeighbourKey, string | undefined>();
  await inGroups(
    keys,
    ({ view, side, filter }) => `${side} ${view.at} ${JSON.stringify(filter ?? null)}`,
    async (group, { view: { at }, side, filter }) => {
      const list = await listDevelopments(db, viewer, {
        ...{ filter, at, slugIds: references },
        onUnknownSlug: (error) => context.warn(error),
      });
      const places = group.map(({ view: { id, content } }) => ({ id, earliest: content.occurred.earliest }));
      const ids = await findNeighbours(db, list, side, places);
      for (const [index, key] of group.entries()) found.set(key, ids[index]);
      return [];
    },
  );
  return keys.map((key) => found.get(key));
});

interface RelatedKey {
  readonly view: DevelopmentView;
  readonly first: number;
}

/** Loads the ids of related developments, with one statement for each position. */
const loadRelated = batched(50, async ({ db }: Context, keys: readonly RelatedKey[]) => {
  const found = new Map<RelatedKey, readonly string[]>();
  await inGroups(
    keys,
    ({ view }) => String(view.at),
    async (group, { view: { at } }) => {
      const ids = await findRelated(db, at, group);
      for (const [index, key] of group.entries()) found.set(key, ids[index] ?? []);
      return [];
    },
  );
  return keys.map((key) => found.get(key) ?? []);
});

async function loadViews(
  context: Context,
  ids: readonly string[],
  at: At,
): Promise<readonly DevelopmentView[]> {
  showDevelopments(context, ids.length);
  const views = await Promise.all(ids.map((id) => loadView(context, { id, at })));
  return views.filter((view) => view !== undefined);
}

async function findNeighbour(context: Context, key: NeighbourKey): Promise<DevelopmentView | null> {
  const id = await loadNeighbour(context, key);
  const [view] = id === undefined ? [] : await loadViews(context, [id], key.view.at);
  return view ?? null;
}

const MAX_RELATED = 20;
const DEFAULT_RELATED = 5;

const NEIGHBOUR =
  'Days are compared as by EARLIEST, ties by id. At the point in time of this development. Null if there is none.';

// Separate from development.ts, which the lists of developments import.
builder.interfaceFields('Development', (t) => ({
  previous: t.field({
    ...priced(LOADED),
    type: 'Development',
    nullable: true,
    description: `The published development before this one in the order of days. ${NEIGHBOUR}`,
    args: { filter: t.arg({ type: DevelopmentFilterInput, description: 'Among these. All by default.' }) },
    resolve: (view, { filter }, context) => findNeighbour(context, { view, side: 'previous', filter }),
  }),
  next: t.field({
    ...priced(LOADED),
    type: 'Development',
    nullable: true,
    description: `The published development after this one in the order of days. ${NEIGHBOUR}`,
    args: { filter: t.arg({ type: DevelopmentFilterInput, description: 'Among these. All by default.' }) },
    resolve: (view, { filter }, context) => findNeighbour(context, { view, side: 'next', filter }),
  }),
  related: t.field({
    ...priced(relatedCost),
    type: ['Development'],
    description: `The published developments that are related most closely. A link in either direction counts ${RELATED_POINTS.link}, each shared topic ${RELATED_POINTS.topic} and each shared actor ${RELATED_POINTS.actor}; ties by the distance in days. Compares the linked ones, and for each of the first ${COMPARED} topics and ${COMPARED} actors the ${COMPARED_DEVELOPMENTS} developments on either side that are nearest in time. At the point in time of this development.`,
    args: {
      first: t.arg.int({
        defaultValue: DEFAULT_RELATED,
        required: true,
        description: `The most developments to return: 0 to ${MAX_RELATED}.`,
      }),
    },
    resolve: async (view, { first }, context) => {
      if (first < 0 || first > MAX_RELATED) {
        throw new BadArgumentError('first', `Expected first from 0 to ${MAX_RELATED}; got ${first}.`);
      }
      return loadViews(context, await loadRelated(context, { view, first }), view.at);
    },
  }),
}));
