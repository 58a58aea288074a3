import { Prisma } from '../../generated/prisma/client.js';
import type { ReferenceModel } from './cache.js';

const { raw, sql } = Prisma;

/** The tables of each type: its own, the name that it is ordered by, and all columns with names. */
export const REFERENCE_TABLES = {
  actor: {
    table: 'actor',
    ids: 'actor_ids',
    name: 'name',
    names: [
      ['id', 'actor', 'name'],
      ['actor_id', 'actor_name', 'name'],
    ],
  },
  doctrine: { table: 'doctrine', ids: 'doctrine_ids', name: 'name', names: [['id', 'doctrine', 'name']] },
  source: {
    table: 'source',
    ids: 'source_ids',
    name: 'title',
    names: [
      ['id', 'source', 'title'],
      ['id', 'source', 'publisher'],
      ['source_id', 'source_name', 'name'],
    ],
  },
  topic: {
    table: 'topic',
    ids: 'topic_ids',
    name: 'name',
    names: [
      ['id', 'topic', 'name'],
      ['topic_id', 'topic_name', 'name'],
    ],
  },
  treaty: {
    table: 'treaty',
    ids: 'treaty_ids',
    name: 'name',
    names: [
      ['id', 'treaty', 'name'],
      ['id', 'treaty', 'abbreviation'],
    ],
  },
  weaponSystem: {
    table: 'weapon_system',
    ids: 'weapon_system_ids',
    name: 'name',
    names: [
      ['id', 'weapon_system', 'name'],
      ['weapon_system_id', 'weapon_system_alias', 'name'],
    ],
  },
} as const satisfies Readonly<Record<ReferenceModel, ReferenceTable>>;

interface ReferenceTable {
  readonly table: string;
  /** The column of `development` with the ids of objects. */
  readonly ids: string;
  readonly name: string;
  /** Id column, table and name column. */
  readonly names: readonly (readonly [id: string, table: string, name: string])[];
}

/**
 * Selects the references that stood at a feed position, with their newest revisions up to it. A slug changes only by
 * an erasure, in all revisions, so a walk in the order of slugs reads the revisions of a page and not of all.
 */
export function tableAt(model: ReferenceModel, at: bigint): Prisma.Sql {
  const { table, name } = REFERENCE_TABLES[model];
  const ofActor =
    model === 'actor'
      ? sql`, (past.snapshot->>'kind')::"ActorKind" AS kind, past.snapshot->>'countryCode' AS country_code`
      : Prisma.empty;
  return sql`(
    SELECT known.id, known.slug, past.snapshot->>${name}::text AS ${raw(name)} ${ofActor},
           past.number, past.recorded_at, past.snapshot
    FROM ${raw(table)} AS known
    CROSS JOIN LATERAL (
      SELECT told.number, told.recorded_at, told.snapshot FROM feed_entry AS entry
      JOIN reference_revision AS told ON told.reference_id = entry.reference_id AND told.number = entry.revision
      WHERE entry.reference_id = known.id AND entry.position <= ${at} ORDER BY entry.revision DESC LIMIT 1
    ) AS past
    WHERE past.snapshot->>'mergedIntoId' IS NULL)`;
}
