import { LinkRelation } from '../domain/development/content/vocabulary.js';
import { type At, type DevelopmentView, findLinking, findViews } from '../domain/development/read/view.js';
import { findReferenceRows, type ReferenceModel } from '../domain/references/cache.js';
import { findRowsAt } from '../domain/references/history/at.js';
import type { ReferenceRow } from '../domain/references/history/row.js';
import type { Context } from './context.js';
import { batched } from './context.js';
import { isPresent } from './node-id.js';

/** The maximum number of keys in a statement. */
const AT_ONCE = 1_000;

interface ViewKey {
  readonly id: string;
  readonly at: At;
}

/**
 * Loads a development by id at a position. Undefined if the viewer may not see it. Batches the keys of a request into
 * one statement for each position.
 */
export const loadView = batched(AT_ONCE, async ({ db, viewer }, keys: readonly ViewKey[]) => {
  const views = await inGroups(keys, positionOf, (group, { at }) =>
    findViews(
      db,
      viewer,
      at,
      group.map(({ id }) => id),
    ),
  );
  const known = new Map(views.map((view) => [keyOf(view), view]));
  return keys.map((key) => known.get(keyOf(key)));
});

/** Loads the developments that link to a development at a position, ordered by id. */
export const loadLinking = batched(AT_ONCE, async ({ db, viewer }, keys: readonly ViewKey[]) => {
  const linking = await inGroups(keys, positionOf, (group, { at }) =>
    findLinking(
      db,
      viewer,
      at,
      group.flatMap(({ id }) => Object.keys(LinkRelation).map((relation) => `${relation}:${id}`)),
    ),
  );
  const known = new Map<string, DevelopmentView[]>();
  for (const view of linking) {
    for (const toId of new Set(view.content.links.map((link) => link.toId))) {
      const key = keyOf({ id: toId, at: view.at });
      known.set(key, [...(known.get(key) ?? []), view]);
    }
  }
  return keys.map((key) => known.get(keyOf(key)) ?? []);
});

interface ReferenceKey {
  readonly model: ReferenceModel;
  readonly id: string;
}

// Many developments refer to the same few objects, so only distinct ids count.
const loadRow = batched(
  Number.POSITIVE_INFINITY,
  async ({ db, references }, keys: readonly ReferenceKey[]) => {
    const known = new Map<string, object>();
    await inGroups(keys, modelOf, async (group, { model }) => {
      const ids = [...new Set(group.map(({ id }) => id))];
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        for (const row of await findReferenceRows(db, model, ids.slice(start, start + AT_ONCE))) {
          known.set(`${model} ${row.id}`, row);
          references?.keep(row.version, model, row);
        }
      }
      return [];
    });
    return keys.map(({ model, id }) => {
      const row = known.get(`${model} ${id}`);
      if (!row) throw new Error(`The record has no ${model} with the id ${id}.`);
      return row;
    });
  },
);

interface PastKey extends ReferenceKey {
  readonly at: bigint;
}

/** Batches the keys of a request into one statement for each model and position. */
const loadPastRow = batched(Number.POSITIVE_INFINITY, async ({ db }, keys: readonly PastKey[]) => {
  const known = new Map<string, object>();
  await inGroups(keys, pastGroupOf, async (group, { model, at }) => {
    const ids = [...new Set(group.map(({ id }) => id))];
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      // A record that was restored from an early export has references that are older than their revisions.
      const options = { at, orFirst: true };
      for (const row of await findRowsAt(db, model, ids.slice(start, start + AT_ONCE), options)) {
        known.set(`${pastGroupOf({ model, at })} ${row.id}`, row);
      }
    }
    return [];
  });
  return keys.map((key) => {
    const row = known.get(`${pastGroupOf(key)} ${key.id}`);
    if (!row) throw new Error(`The record has no ${key.model} with the id ${key.id}.`);
    return row;
  });
});

/** Stores the version of the reference data that was read together with developments. */
export function noteReferences(context: Context, [view]: readonly DevelopmentView[]): void {
  if (view?.references === undefined || !context.references) return;
  context.referencesVersion = view.references;
}

/**
 * Returns a referenced object as it was at a position. Now, that is the cached row if it is current, or else a row from the
 * database. Batches the keys of a request into one statement for each model and position.
 */
export function loadReference<M extends ReferenceModel>(
  context: Context,
  model: M,
  id: string,
  at: At,
): ReferenceRow<M> | Promise<ReferenceRow<M>> {
  if (at !== undefined && !isPresent(context, at)) {
    return loadPastRow(context, { model, id, at }) as Promise<ReferenceRow<M>>;
  }
  const version = context.referencesVersion;
  const kept = version === undefined ? undefined : context.references?.find(version, model, id);
  return kept ?? (loadRow(context, { model, id }) as Promise<ReferenceRow<M>>);
}

/** Returns several objects of one model as they were at a position, in the order of the ids. */
export const loadReferences = <M extends ReferenceModel>(
  context: Context,
  model: M,
  ids: readonly string[],
  at: At,
): (ReferenceRow<M> | Promise<ReferenceRow<M>>)[] => ids.map((id) => loadReference(context, model, id, at));

const pastGroupOf = ({ model, at }: Pick<PastKey, 'model' | 'at'>) => `${model}@${at}`;
const modelOf = ({ model }: ReferenceKey) => model;
const positionOf = ({ at }: ViewKey) => String(at);
const keyOf = ({ id, at }: ViewKey) => `${id}@${at}`;

/** Runs the work for each group of keys with the same name and concatenates the results. */
export async function inGroups<Key, Value>(
  keys: readonly Key[],
  nameOf: (key: Key) => string,
  work: (group: Key[], first: Key) => Promise<Value[]>,
): Promise<Value[]> {
  const groups = new Map<string, [Key, ...Key[]]>();
  for (const key of keys) {
    const group = groups.get(nameOf(key));
    if (group) group.push(key);
    else groups.set(nameOf(key), [key]);
  }
  const values = await Promise.all([...groups.values()].map((group) => work(group, group[0])));
  return values.flat();
}
