import type { DevelopmentState } from '../../src/domain/development/write/rows.js';
import { changedFields, rowOf } from '../domain.js';

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

/** Returns the rows of a published development for each table, at its position. */
export function rowsOf(
  state: DevelopmentState,
  position: number,
  epoch: string,
  countriesOfActors: ReadonlyMap<string, string>,
): Record<Table, Row[]> {
  const { id, content, revision, status, recordedAt } = state;
  const row = rowOf(state);
  const countries = [
    ...new Set([
      ...row.placeCountries,
      ...row.actorIds.flatMap((actor) => countriesOfActors.get(actor) ?? []),
    ]),
  ].sort();
  const found = Object.entries({ ...row, countries }).map(([key, value]) => [columnOf(key), value] as const);
  return {
    development: [{ id, ...Object.fromEntries(found) }],
    development_slug: [{ slug: content.slug, development_id: id }],
    external_id: content.externalIds.map((key) => ({ ...key, development_id: id })),
    revision: [
      {
        development_id: id,
        number: revision,
        snapshot: JSON.stringify(content),
        status,
        changed_fields: changedFields(undefined, content),
        editor: 'benchmark',
        reason: null,
        recorded_at: recordedAt,
      },
    ],
    feed_entry: [
      { position, epoch, development_id: id, revision, change: 'PUBLISHED', recorded_at: recordedAt },
    ],
    development_version: [
      { id, position, ...Object.fromEntries(found.filter(([column]) => column !== 'slug')) },
    ],
  };
}

/** Converts a name to the database's form: `occurredEarliest` to `occurred_earliest`. */
const columnOf = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
