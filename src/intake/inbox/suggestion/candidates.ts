import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import type { DevelopmentContent } from '../../../domain/development/content/content.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { KnownDevelopment } from '../../extract/meet-record.js';
import type { Suggestion } from '../../extract/types.js';

const { sql } = Prisma;

/** A development of the record with its id. */
export type Candidate = KnownDevelopment & { readonly id: string };

/** The most developments that the suggestions of an article are compared with, the latest changes first. */
const MAX_COMPARED = 500;

/** Reads the developments that the suggestions may be about: those that mention a name of the text. Drafts too. */
export async function readCandidates(
  db: Transaction,
  suggestions: readonly Suggestion[],
): Promise<Candidate[]> {
  const slugs = suggestions.flatMap((one) =>
    one.kind === 'NAME' && one.fields.slug !== null ? [one.fields.slug] : [],
  );
  const named = await read<{ id: string; slug: string; isActor: boolean }>(
    db,
    sql`
      SELECT id::text AS id, slug, true AS "isActor" FROM actor WHERE slug = ANY (${slugs}::text[])
      UNION ALL SELECT id::text, slug, false FROM treaty WHERE slug = ANY (${slugs}::text[])
      UNION ALL SELECT id::text, slug, false FROM weapon_system WHERE slug = ANY (${slugs}::text[])
      UNION ALL SELECT id::text, slug, false FROM doctrine WHERE slug = ANY (${slugs}::text[])`,
  );
  if (named.length === 0) return [];
  const rows = await read<{ id: string; slug: string; content: DevelopmentContent }>(
    db,
    sql`
      SELECT it.id::text AS id, it.slug, revision.snapshot AS content
      FROM development AS it
      JOIN revision ON revision.development_id = it.id AND revision.number = it.revision
      LEFT JOIN review ON review.development_id = it.id
      WHERE it.id IN (SELECT development_id FROM development_mention
                      WHERE subject_id = ANY (${named.map(({ id }) => id)}::uuid[]))
        AND it.status <> 'RETRACTED' AND review.state IS DISTINCT FROM 'DISCARDED'
      ORDER BY it.changed_at DESC, it.id LIMIT ${MAX_COMPARED}`,
  );
  const slugOf = new Map(named.map(({ id, slug }) => [id, slug]));
  return rows.map(({ id, slug, content }) => ({ id, slug, ...known(content, slugOf) }));
}

/** @param slugOf The slugs of the names in the text. Others cannot agree with it. */
function known(content: DevelopmentContent, slugOf: ReadonlyMap<string, string>) {
  const { detail, headline, summary, occurred } = content;
  const slugs = (ids: readonly string[]) => ids.map((id) => slugOf.get(id) ?? id);
  return {
    kind: detail.kind,
    type:
      detail.kind === 'EVENT' ? detail.type : detail.kind === 'DOCTRINE_CHANGE' ? detail.changeType : null,
    headline,
    summary,
    words: detail.kind === 'STATEMENT' ? (detail.translation ?? detail.quotation) : null,
    actors: slugs(content.participants.map(({ actorId }) => actorId)),
    about: slugs([...content.treatyIds, ...content.weaponSystemIds, ...content.doctrineIds]),
    occurred: occurred.edtf,
  };
}
