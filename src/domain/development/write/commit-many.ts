import { insertMany, type SqlTransaction } from '../../../database/bulk-write.js';
import type { DevelopmentStatus } from '../../../generated/prisma/client.js';
import { requireFourEyes } from '../../review/four-eyes.js';
import type { Written } from '../../write.js';
import type { DevelopmentContent } from '../content/content.js';
import { type Authorship, type DevelopmentRef, nextRevision } from './commit.js';
import { type DevelopmentState, rowOf } from './rows.js';

/** A change of one of many developments. */
export interface ManyChange {
  /** The development as it was read. If it has changed since, nothing is written. */
  readonly before: DevelopmentState;
  readonly content: DevelopmentContent;
  readonly status: DevelopmentStatus;
}

/** A development has changed since it was read. Its code is that of a serialisation failure, a conflict. */
class ChangedMeanwhileError extends Error {
  override readonly name = 'ChangedMeanwhileError';
  readonly code = '40001';
}

/**
 * Writes the next revision of many developments with one statement for each table. Changes without effect write nothing.
 *
 * External ids that a content no longer has are free for other developments.
 *
 * @throws {ChangedMeanwhileError}
 * @throws {ReviewRequiredError} If the record requires review and nobody else has approved a change.
 */
export async function commitRevisions(
  tx: SqlTransaction,
  changes: readonly ManyChange[],
  authorship: Authorship,
): Promise<Written<DevelopmentRef[]>> {
  if (changes.length === 0) return { result: [], feed: [] };
  await lockAll(tx, changes);
  const made = changes.flatMap(({ before, ...change }) => {
    const next = nextRevision(before, change, authorship);
    return next ? [{ ...next, before }] : [];
  });
  await requireFourEyes(
    tx,
    made.map(({ after, before }) => ({ ...after, before })),
    authorship,
  );
  const rows = made.map(({ after }) => ({ id: after.id, ...rowOf(after) }));
  await insertMany(tx, 'development', rows, { replaceBy: 'id' });
  const renamed = made.filter(({ changed }) => changed.includes('slug'));
  await insertMany(
    tx,
    'development_slug',
    renamed.map(({ after: { id, content } }) => ({ slug: content.slug, developmentId: id })),
    'keep', // The development may have had the slug before.
  );
  await insertMany(
    tx,
    'revision',
    made.map(({ sealed }) => sealed.row),
  );
  const freed = made.filter(({ changed }) => changed.includes('externalIds'));
  if (freed.length > 0)
    await keepExternalIds(
      tx,
      freed.map(({ after }) => after),
    );
  return {
    result: made.map(({ after: { id, revision } }) => ({ id, revision })),
    feed: made.flatMap(({ entry }) => entry ?? []),
  };
}

/** Locks in the order of ids, so that two writers cannot wait for each other. */
async function lockAll(tx: SqlTransaction, changes: readonly ManyChange[]): Promise<void> {
  const expected = new Map(changes.map(({ before }) => [before.id, before.revision]));
  const rows = await tx.$queryRaw<{ id: string; revision: number }[]>`
    SELECT id::text AS id, revision FROM development WHERE id = ANY (${[...expected.keys()]}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`;
  const changed = rows.find(({ id, revision }) => expected.get(id) !== revision);
  if (changed || rows.length < expected.size) {
    throw new ChangedMeanwhileError('A development has changed since it was read.');
  }
}

/** Deletes the external ids that developments no longer have. */
export async function keepExternalIds(
  tx: SqlTransaction,
  states: readonly Pick<DevelopmentState, 'id' | 'content'>[],
): Promise<void> {
  const ids = states.map(({ id }) => id);
  const kept = states.flatMap(({ content }) => content.externalIds);
  await tx.$executeRaw`
    DELETE FROM external_id WHERE development_id = ANY (${ids}::uuid[]) AND (dataset, value) NOT IN (
      SELECT dataset, value FROM json_to_recordset(${JSON.stringify(kept)}::json) AS kept(dataset text, value text)
    )`;
}
