import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck, RevisionCheck } from '../check.js';
import { each } from '../read.js';

/** SLUG: the current slug of a development. */
export const slugsLead: RecordCheck = async (tx, findings) => {
  const astray = each<{ slug: string; id: string; found: string | null }>(
    tx,
    Prisma.sql`SELECT development.slug, development.id::text AS id, it.development_id::text AS found
               FROM development LEFT JOIN development_slug AS it ON it.slug = development.slug
               WHERE it.development_id IS DISTINCT FROM development.id
               ORDER BY development.id`,
  );
  for await (const { slug, id, found } of astray) {
    findings.add('SLUG', slug, `the slug to lead to ${id}`, leads(found ?? undefined));
  }
};

/** SLUG: a slug without a development. */
export const slugsLeadSomewhere: RecordCheck = async (tx, findings) => {
  const loose = each<{ slug: string; id: string }>(
    tx,
    Prisma.sql`SELECT slug, development_id::text AS id FROM development_slug
               WHERE NOT EXISTS (SELECT FROM development WHERE development.id = development_id) ORDER BY slug`,
  );
  for await (const { slug, id } of loose) {
    findings.add('SLUG', slug, `the development ${id}, to which it leads`, 'no such development');
  }
};

/** SLUG: the slug of a development in a revision. */
export const slugOfRevisionLeads: RevisionCheck = (revision, findings) => {
  const { content, development, developmentId, known, name } = revision;
  // The current slug is reported once, for the development.
  if (!content || !development || content.slug === development.slug) return;
  const found = known.developmentOf(content.slug);
  if (found === developmentId) return;
  findings.add('SLUG', name, `its slug ${content.slug} to lead to ${developmentId}`, leads(found));
};

const leads = (id: string | undefined) =>
  id === undefined ? 'that it leads nowhere' : `that it leads to ${id}`;
