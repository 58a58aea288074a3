import type { Context } from '../context.js';
import type { Database } from '../database/open.js';
import { type RevisionRow, readRevisions } from '../domain/development/revisions.js';
import { type At, type DevelopmentView, findLinking, findViews } from '../domain/development/view.js';
import { LinkRelation } from '../domain/development/vocabulary.js';
import { batched } from './batch.js';

/** How many things are loaded by one statement. */
const AT_ONCE = 1_000;

interface ViewKey {
  readonly id: string;
  readonly at: At;
}

/**
 * The development with this id, as it is seen from a position; undefined where the viewer must not see
 * it. What a request asks for at one time is loaded by one statement for each position.
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

/** The developments that link to this one, as they are seen from a position, in the order of their ids. */
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

/** How a development came to be as it is seen, newest first; the last 100. */
export const loadRevisions: (context: Context, view: DevelopmentView) => Promise<RevisionRow[]> = batched(
  AT_ONCE,
  ({ db, viewer }, views: readonly DevelopmentView[]) => readRevisions(db, viewer, views),
);

/** What developments refer to, by the names of Prisma's models. */
type Model = 'actor' | 'doctrine' | 'source' | 'topic' | 'treaty' | 'weaponSystem';

interface ReferenceKey {
  readonly model: Model;
  readonly id: string;
  /** What is selected of it: those that select the same are loaded together. */
  readonly query: object;
  readonly selection: string;
}

interface Rows {
  findMany(query: object): Promise<{ id: string }[]>;
}

// Developments refer to the same few things again and again, so what counts is how many are distinct.
const loadRow = batched(Number.POSITIVE_INFINITY, async ({ db }, keys: readonly ReferenceKey[]) => {
  const known = new Map<string, object>();
  const groupOf = ({ model, selection }: ReferenceKey) => `${model} ${selection}`;
  await inGroups(keys, groupOf, async (group, { model, query, selection }) => {
    const ids = [...new Set(group.map(({ id }) => id))];
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const rows = await (db[model] as unknown as Rows).findMany({
        ...withId(query),
        where: { id: { in: ids.slice(start, start + AT_ONCE) } },
      });
      for (const row of rows) known.set(`${model} ${selection} ${row.id}`, row);
    }
    return [];
  });
  return keys.map((key) => {
    const row = known.get(`${groupOf(key)} ${key.id}`);
    if (!row) throw new Error(`The record has no ${key.model} with the id ${key.id}.`);
    return row;
  });
});

/**
 * What a development refers to, with the selection that the client asks for. What a request asks for
 * at one time is loaded by one statement for each model and selection, and those of its relations.
 */
export const loadReference = async <M extends Model>(
  context: Context,
  model: M,
  query: object,
  id: string,
): Promise<RowOf<M>> => {
  const [row] = await loadReferences(context, model, query, [id]);
  return row as RowOf<M>;
};

/** Several of one kind, in the order of the ids. */
export function loadReferences<M extends Model>(
  context: Context,
  model: M,
  query: object,
  ids: readonly string[],
): Promise<RowOf<M>[]> {
  // Also where there is none: the plugin takes a query that nobody looks at for a mistake.
  const selection = JSON.stringify(query);
  return Promise.all(ids.map((id) => loadRow(context, { model, query, id, selection }) as Promise<RowOf<M>>));
}

type RowOf<M extends Model> = Awaited<ReturnType<Database[M]['findUniqueOrThrow']>>;

/** Prisma has a selection that may lack the id, or takes all columns. */
function withId(query: { select?: object }): object {
  return query.select ? { ...query, select: { id: true, ...query.select } } : query;
}

const positionOf = ({ at }: ViewKey) => String(at);
const keyOf = ({ id, at }: ViewKey) => `${id}@${at}`;

/** Does the work for each group of keys that share a name, and gathers what comes of it. */
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
