import type { DevelopmentState } from '../../src/domain/development/write/rows.js';
import { changedFields, entryHash, rowOf, sealRevision } from '../domain.js';

/** Column values by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** The tables of developments, in order of their references. */
export const TABLES = [
  'development',
  'development_slug',
  'external_id',
  'revision',
  'feed_entry',
  'development_version',
] as const;

export type Table = (typeof TABLES)[number];

const AUTHORSHIP = { editor: 'benchmark', reason: null };

/**
 * Returns the rows of a published development for each table, at its position.
 *
 * @param previous The hash of the entry before it.
 */
export function rowsOf(
  state: DevelopmentState,
  position: number,
  previous: string,
  countriesOfActors: ReadonlyMap<string, string>,
): { readonly rows: Record<Table, Row[]>; readonly hash: string } {
  const { id, content, revision, recordedAt } = state;
  const sealed = sealRevision(state, changedFields(undefined, content), AUTHORSHIP);
  const entry = { position, developmentId: id, revision, change: 'PUBLISHED' as const, recordedAt };
  const commitment = sealed.commitment ?? '';
  const hash = entryHash(previous, { ...entry, commitment });
  const row = rowOf(state);
  const countries = [
    ...new Set([
      ...row.placeCountries,
      ...row.actorIds.flatMap((actor) => countriesOfActors.get(actor) ?? []),
    ]),
  ].sort();
  const found = Object.entries({ ...row, countries }).map(([key, value]) => [columnOf(key), value] as const);
  const rows = {
    development: [{ id, ...Object.fromEntries(found) }],
    development_slug: [{ slug: content.slug, development_id: id }],
    external_id: content.externalIds.map((key) => ({ ...key, development_id: id })),
    revision: [withColumns({ ...sealed.row, snapshot: JSON.stringify(content) })],
    feed_entry: [withColumns({ ...entry, commitment: `\\x${commitment}`, hash: `\\x${hash}` })],
    development_version: [
      { id, position, ...Object.fromEntries(found.filter(([column]) => column !== 'slug')) },
    ],
  };
  return { rows, hash };
}

const withColumns = (row: object): Row =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [columnOf(key), value]));

/** Converts a name to the database's form: `occurredEarliest` to `occurred_earliest`. */
const columnOf = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
