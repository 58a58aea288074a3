import type { OpenDatabase } from '../../src/database/open.js';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import { readViews } from '../../src/domain/development/read/view.js';
import type { Writer } from '../../src/domain/write.js';
import { Prisma } from '../../src/generated/prisma/client.js';

/** Returns a writer that loads the dossier. */
export const writerFor = ({ db }: OpenDatabase): Writer => ({ db, editor: 'dossier', wake: () => {} });

/** Returns the content of every development, ordered by slug. */
export const contentsOf = async ({ db }: OpenDatabase): Promise<DevelopmentContent[]> =>
  (await readViews(db, undefined, Prisma.sql`SELECT * FROM development`, { order: Prisma.sql`it.slug` })).map(
    ({ content }) => content,
  );

/** Counts what a record holds of the dossier. */
export async function counts(opened: OpenDatabase) {
  const { db } = opened;
  const all = await contentsOf(opened);
  return {
    developments: all.length,
    citations: all.flatMap(({ citations }) => citations).length,
    links: all.flatMap(({ links }) => links).length,
    revisions: await db.revision.count(),
    versions: await db.developmentVersion.count(),
    feedEntries: await db.feedEntry.count(),
    references: await db.referenceRevision.count(),
    actors: await db.actor.count(),
    sources: await db.source.count(),
  };
}
