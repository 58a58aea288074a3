import type { Transaction } from '../../database/open.js';
import type { DevelopmentContent } from '../development/content/content.js';
import type { ReferenceContent } from '../references/history/content.js';
import { readFamily, readNames } from './references/family.js';
import { findNamedIn, type NamedIn } from './references/named-in.js';
import { findOffices } from './references/offices.js';
import { type FoundRequest, isOfReference, type ReferenceRequest } from './target.js';

/** What a request would erase. */
export interface Erasable {
  readonly slug: string;
  /** The headline of the development, or the name of the reference. */
  readonly title: string;
  /** How many revisions would become markers: its own, and those of references merged into it. */
  readonly revisions: number;
  readonly notes: number;
  /** The slugs that stop leading anywhere. */
  readonly slugs: readonly string[];
  /** How many developments would lose their earlier revisions with a reference. */
  readonly developments: number;
  /** The developments whose words have a name of the reference, which the erasure does not touch. */
  readonly namedIn: NamedIn;
}

/** How many developments that have a name are listed. */
const LISTED = 50;

/** Describes what a request would erase, to the admin who confirms it. */
export const describeErasure = (db: Transaction, request: FoundRequest): Promise<Erasable> =>
  isOfReference(request) ? describeReference(db, request) : describeDevelopment(db, request);

async function describeReference(
  db: Transaction,
  { target, subjectId }: ReferenceRequest,
): Promise<Erasable> {
  const family = await readFamily(db, target, subjectId);
  const newest = await db.referenceRevision.findFirstOrThrow({
    where: { referenceId: subjectId },
    orderBy: { number: 'desc' },
    select: { snapshot: true },
  });
  const content = newest.snapshot as unknown as ReferenceContent;
  return {
    slug: family.slug,
    title: 'title' in content ? content.title : content.name,
    revisions: family.revisions,
    notes: 0,
    slugs: family.members.map(({ slug }) => slug).sort(),
    developments: (await findOffices(db, family)).length,
    namedIn: await findNamedIn(db, family, await readNames(db, family), LISTED),
  };
}

async function describeDevelopment(
  db: Transaction,
  { target, subjectId: developmentId, revision }: FoundRequest,
): Promise<Erasable> {
  const { snapshot } = await db.revision.findUniqueOrThrow({
    where: { developmentId_number: { developmentId, number: revision } },
    select: { snapshot: true },
  });
  const { slug, headline } = snapshot as unknown as DevelopmentContent; // The content that was seen.
  const slugs = await db.developmentSlug.findMany({ where: { developmentId }, orderBy: { slug: 'asc' } });
  return {
    ...{ slug, title: headline, revisions: revision, developments: 0, namedIn: { ids: [], count: 0 } },
    notes: await db.note.count({ where: { developmentId } }),
    slugs: target === 'DEVELOPMENT' ? slugs.map((one) => one.slug) : [],
  };
}
