import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import type { ReviewMode, SourceReliability } from '../../../generated/prisma/client.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { type ReferenceOwner, References, refuseMissing } from '../../references/lookup.js';
import type { Grades, SourceGrade } from '../evidence/confidence.js';

/** The references of a new development, and the taken slugs. */
export interface LookedUp {
  readonly refs: References;
  readonly grades: Grades;
  /** The slugs that another development has or had. */
  readonly taken: ReadonlySet<string>;
  readonly mode: ReviewMode;
}

/**
 * Looks up the references and the slug of a new development. One SQL statement.
 *
 * @throws {UnknownSlugError} For the first slug that is not in the record.
 */
export async function lookUp(
  db: Transaction,
  named: Readonly<Record<ReferenceOwner, readonly string[]>>,
  slug: string,
): Promise<LookedUp> {
  const rows = await read<Row>(
    db,
    Prisma.sql`
      SELECT 'Actor' AS owner, slug, ${SURVIVOR}::text AS id, NULL AS reliability, NULL AS publisher
      FROM actor AS it ${MERGED} WHERE slug = ANY (${slugs(named.Actor)})
      UNION ALL SELECT 'Topic', slug, ${SURVIVOR}::text, NULL, NULL
      FROM topic AS it ${MERGED} WHERE slug = ANY (${slugs(named.Topic)})
      UNION ALL SELECT 'Treaty', slug, id::text, NULL, NULL FROM treaty WHERE slug = ANY (${slugs(named.Treaty)})
      UNION ALL SELECT 'WeaponSystem', slug, ${SURVIVOR}::text, NULL, NULL
      FROM weapon_system AS it ${MERGED} WHERE slug = ANY (${slugs(named.WeaponSystem)})
      UNION ALL SELECT 'Doctrine', slug, ${SURVIVOR}::text, NULL, NULL
      FROM doctrine AS it ${MERGED} WHERE slug = ANY (${slugs(named.Doctrine)})
      UNION ALL SELECT 'Source', it.slug, survivor.id::text, survivor.reliability::text, survivor.publisher
      FROM source AS it ${MERGED} JOIN source AS survivor ON survivor.id = ${SURVIVOR}
      WHERE it.slug = ANY (${slugs(named.Source)})
      UNION ALL SELECT 'Development', slug, development_id::text, NULL, NULL
      FROM development_slug WHERE slug = ${slug}
      UNION ALL SELECT 'Review', mode::text, '', NULL, NULL FROM review_policy`,
    { prepared: true },
  );
  const ids = new Map<string, string>();
  const grades = new Map<string, SourceGrade>();
  const taken = new Set<string>();
  let mode: ReviewMode = 'REQUIRED';
  for (const { owner, slug: found, id, reliability, publisher } of rows) {
    if (owner === 'Review') mode = found as ReviewMode;
    else if (owner === 'Development') taken.add(found);
    else ids.set(`${owner}:${found}`, id);
    if (reliability !== null) grades.set(id, { reliability, publisher });
  }
  refuseMissing(named, ids);
  return { refs: new References(ids), grades, taken, mode };
}

/** The id of the reference that stands for a row: another one if it was merged. */
const SURVIVOR = Prisma.sql`coalesce(merged.survivor_id, it.id)`;
const MERGED = Prisma.sql`LEFT JOIN merged_reference AS merged ON merged.id = it.id`;

/**
 * An array of unknown length. PostgreSQL expects ten values of any such array and so keeps one plan. With the length of
 * each it would plan the statement every time, which takes longer than the look-up itself.
 */
const slugs = (of: readonly string[]): Prisma.Sql => Prisma.sql`ARRAY(SELECT unnest(${of}::text[]))`;

interface Row {
  readonly owner: ReferenceOwner | 'Development' | 'Review';
  readonly slug: string;
  readonly id: string;
  /** Null except for sources. */
  readonly reliability: SourceReliability | null;
  readonly publisher: string | null;
}
