import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { DevelopmentContent } from '../../development/content/content.js';
import { actorsIn } from '../../development/evidence/claim-schemas.js';
import { OWNER_OF, type ReferenceMergeKind, tableOf } from '../kinds.js';
import { type MergePair, replaceReference } from './replace.js';

const { raw, sql } = Prisma;

/**
 * Makes contents that were stored before a merge, such as those of proposals, refer to the survivors. One SQL statement.
 *
 * @returns The contents in their order.
 */
export async function followMerges(
  tx: Transaction,
  contents: readonly DevelopmentContent[],
): Promise<DevelopmentContent[]> {
  const ids = [...new Set(contents.flatMap(idsIn))];
  const slugs = [...new Set(contents.flatMap(({ claims }) => actorsIn(claims)))];
  const selects = (Object.keys(OWNER_OF) as ReferenceMergeKind[]).map((kind) => {
    const table = raw(tableOf(kind).table);
    const bySlug = kind === 'ACTOR' ? sql`OR it.slug = ANY (${slugs}::text[])` : Prisma.empty;
    return sql`
      SELECT ${kind}::text AS kind, it.id::text AS "fromId", it.slug AS "fromSlug",
             survivor.id::text AS "intoId", survivor.slug AS "intoSlug"
      FROM merged_reference AS merged
      JOIN ${table} AS it ON it.id = merged.id
      JOIN ${table} AS survivor ON survivor.id = merged.survivor_id
      WHERE merged.id = ANY (${ids}::uuid[]) ${bySlug}`;
  });
  const rows = await read<MergedRow>(tx, sql`${Prisma.join(selects, ' UNION ALL ')} ORDER BY 2`);
  const pairs = rows.map(
    ({ kind, fromId, fromSlug, intoId, intoSlug }): MergePair => ({
      kind,
      from: { id: fromId, slug: fromSlug },
      into: { id: intoId, slug: intoSlug },
    }),
  );
  return contents.map((content) => pairs.reduce(replaceReference, content));
}

interface MergedRow {
  readonly kind: ReferenceMergeKind;
  readonly fromId: string;
  readonly fromSlug: string;
  readonly intoId: string;
  readonly intoSlug: string;
}

const idsIn = (content: DevelopmentContent): readonly string[] => [
  ...content.participants.map(({ actorId }) => actorId),
  ...content.citations.map(({ sourceId }) => sourceId),
  ...content.topicIds,
  ...content.weaponSystemIds,
  ...content.doctrineIds,
  ...(content.detail.kind === 'DOCTRINE_CHANGE' ? [content.detail.doctrineId] : []),
];
