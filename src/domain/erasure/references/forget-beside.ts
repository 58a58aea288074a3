import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { DevelopmentContent } from '../../development/content/content.js';
import { erasedSlug } from '../../references/history/erased.js';
import type { Family } from './family.js';
import { withoutOffices } from './offices.js';

const { sql } = Prisma;

/** Erases the slugs and offices of references in proposals, and their slugs in bulk changes. */
export async function forgetBeside(tx: Transaction, family: Family): Promise<void> {
  for (const { id, slug } of family.members) {
    const [old, left] = [slug, erasedSlug(id)].map((one) => JSON.stringify(one));
    await tx.$executeRaw`
      UPDATE bulk_act SET action = replace(action::text, ${old}, ${left})::jsonb
      WHERE strpos(action::text, ${old}) > 0`;
  }
  if (family.kind !== 'ACTOR') return;
  const words = family.members.flatMap(({ id, slug }) => [id, slug].map((word) => JSON.stringify(word)));
  const proposals = await read<{ id: string; content: DevelopmentContent }>(
    tx,
    sql`
    SELECT id::text AS id, content FROM proposal
    WHERE EXISTS (SELECT FROM unnest(${words}::text[]) AS word WHERE strpos(content::text, word) > 0)`,
  );
  for (const { id, content } of proposals) {
    const left = JSON.stringify(withoutOffices(content, family));
    await tx.$executeRaw`UPDATE proposal SET content = ${left}::jsonb WHERE id = ${id}::uuid`;
  }
}
