import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';

const { raw, sql } = Prisma;

const TABLES = ['actor', 'source', 'topic', 'weapon_system', 'doctrine'] as const;

const union = (selects: readonly Prisma.Sql[]) => Prisma.join([...selects], ' UNION ALL ');

/** MERGED_REFERENCE: every chain of merges ends at a reference of the type that is not merged, as the table of them says. */
export const mergedReferencesLead: RecordCheck = async (tx, findings) => {
  const merged = union(
    TABLES.map((table) => sql`SELECT ${table}::text AS type, id, slug, merged_into_id FROM ${raw(table)}`),
  );
  const wrong = each<{ type: string; slug: string; expected: string | null; found: string | null }>(
    tx,
    sql`WITH RECURSIVE reference AS (${merged}), chain AS (
          SELECT type, id, slug, merged_into_id AS last, 1 AS length FROM reference WHERE merged_into_id IS NOT NULL
          UNION SELECT chain.type, chain.id, chain.slug, it.merged_into_id, length + 1 FROM chain
          JOIN reference AS it ON it.id = chain.last AND it.type = chain.type
          WHERE it.merged_into_id IS NOT NULL AND length < 1000
        ), ended AS (
          SELECT chain.id, chain.last FROM chain
          JOIN reference AS it ON it.id = chain.last AND it.type = chain.type AND it.merged_into_id IS NULL
        )
        SELECT coalesce(reference.type, 'reference') AS type, coalesce(reference.slug, kept.id::text) AS slug,
               ended.last::text AS expected, kept.survivor_id::text AS found
        FROM (SELECT id, type, slug FROM reference WHERE merged_into_id IS NOT NULL) AS reference
        LEFT JOIN ended ON ended.id = reference.id
        FULL JOIN merged_reference AS kept ON kept.id = reference.id
        WHERE ended.last IS NULL OR kept.survivor_id IS DISTINCT FROM ended.last
        ORDER BY 2`,
  );
  for await (const { type, slug, expected, found } of wrong) {
    const survivor = expected ?? 'a reference of its type that is not merged';
    findings.add('MERGED_REFERENCE', `the merged ${type} ${slug}`, survivor, found ?? 'none');
  }
};

/** MERGED_REFERENCE: developments that are not retracted or discarded, treaties, doctrines and names of weapon systems. */
export const nothingRefersToMerged: RecordCheck = async (tx, findings) => {
  const referring = each<{ name: string; id: string }>(
    tx,
    sql`SELECT 'the development ' || it.slug AS name, merged.id::text AS id FROM merged_reference AS merged
        JOIN development AS it ON merged.id = ANY (it.actor_ids || it.source_ids || it.topic_ids
          || it.weapon_system_ids || it.doctrine_ids)
        WHERE it.status <> 'RETRACTED' AND NOT EXISTS (
          SELECT FROM review WHERE development_id = it.id AND state = 'DISCARDED' AND it.status = 'DRAFT')
        UNION ALL SELECT 'the treaty ' || treaty.slug, merged.id::text FROM merged_reference AS merged
        JOIN treaty_party AS party ON party.actor_id = merged.id JOIN treaty ON treaty.id = party.treaty_id
        UNION ALL SELECT 'the doctrine ' || doctrine.slug, merged.id::text FROM merged_reference AS merged
        JOIN doctrine ON doctrine.actor_id = merged.id
        UNION ALL SELECT 'the weapon system ' || it.slug, merged.id::text FROM merged_reference AS merged
        JOIN weapon_system_alias AS alias ON alias.source_id = merged.id
        JOIN weapon_system AS it ON it.id = alias.weapon_system_id
        ORDER BY 1, 2`,
  );
  for await (const { name, id } of referring) {
    findings.add('MERGED_REFERENCE', name, 'the reference that stands for it', `the merged reference ${id}`);
  }
};
