import { insertMany } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import type { NewFeedEntry } from '../../feed/position.js';
import { type Authorship, entryOf, sealRevision } from '../development/write/commit.js';
import { type DevelopmentState, rowOf } from '../development/write/rows.js';

/** The authorship of an erasure. Two confirmations by an admin take the place of a review. */
export const authorshipOfErasure = (editor: string, marker: string): Authorship & { reason: string } => ({
  editor,
  reason: marker,
  overridesReview: true,
});

/** Lets the transaction write revisions of what takes no others, such as discarded drafts. */
export async function beginErasing(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT set_config('doctrine_wire.erasing', 'yes', true)`;
}

/**
 * Writes the last revision of each development: it says that the earlier ones were erased, and has what is left.
 *
 * @param states The developments as they are left, with the numbers of these revisions.
 */
export async function writeErased(
  tx: Transaction,
  states: readonly DevelopmentState[],
  authorship: Authorship,
): Promise<NewFeedEntry[]> {
  const now = new Date();
  const last = states.map((state) => ({ ...state, changedAt: now }));
  const rows = last.map((state) => ({ id: state.id, ...rowOf(state) }));
  await insertMany(tx, 'development', rows, { replaceBy: 'id' });
  await insertMany(
    tx,
    'development_slug',
    last.map(({ id, content: { slug } }) => ({ slug, developmentId: id })),
    'keep',
  );
  const sealed = last.map((state) => sealRevision(state, [], authorship, now));
  await insertMany(
    tx,
    'revision',
    sealed.map(({ row }) => row),
  );
  return sealed.flatMap((one) => entryOf(one, 'ERASED') ?? []);
}

/** Developments whose first revisions become markers. */
interface Marked {
  readonly id: string;
  /** The last revision that is erased. */
  readonly revision: number;
}

/** Replaces the revisions of developments up to one by markers, with their copies. */
export async function markRevisions(
  tx: Transaction,
  marked: readonly Marked[],
  marker: string,
  newSlug: string | null = null,
): Promise<void> {
  await tx.$executeRaw`
    SELECT erase_revision(it.id, number, ${marker}, ${newSlug})::text
    FROM unnest(${marked.map(({ id }) => id)}::uuid[], ${marked.map(({ revision }) => revision)}::int[]) AS it (id, last),
         generate_series(1, it.last) AS number`;
}
