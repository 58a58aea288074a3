import { insertMany, type SqlTransaction } from '../../../database/bulk-write.js';
import type { DevelopmentChange } from '../../../feed/hash-chain.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import { keepExternalIds } from './commit-many.js';
import { type DevelopmentState, rowOf } from './rows.js';

/** A revision from an export. */
export interface RestoredRevision {
  /** The development as of this revision. */
  readonly state: DevelopmentState;
  readonly changedFields: readonly string[];
  readonly editor: string;
  readonly reason: string | null;
  /** When the revision was written. */
  readonly recordedAt: Date;
  /** The salt in hexadecimal. Null for a draft and for an erased revision. */
  readonly salt: string | null;
  /** Its feed entry; undefined for a draft. */
  readonly told:
    | { readonly change: DevelopmentChange; readonly recordedAt: Date; readonly commitment: string }
    | undefined;
}

/**
 * Writes revisions of an export and updates their developments. Call it with the revisions of a development in order, and
 * at most one of each development per call.
 *
 * @returns The feed entries to append.
 */
export async function restoreRevisions(
  tx: SqlTransaction,
  revisions: readonly RestoredRevision[],
): Promise<NewFeedEntry[]> {
  const states = revisions.map(({ state }) => state);
  const rows = states.map((state) => ({ id: state.id, ...rowOf(state) }));
  await insertMany(tx, 'development', rows, { replaceBy: 'id' });
  await insertMany(
    tx,
    'development_slug',
    states.map(({ id, content }) => ({ slug: content.slug, developmentId: id })),
    'keep',
  );
  const freed = revisions.filter(
    ({ state, changedFields }) => state.revision > 1 && changedFields.includes('externalIds'),
  );
  if (freed.length > 0)
    await keepExternalIds(
      tx,
      freed.map(({ state }) => state),
    );
  await insertMany(
    tx,
    'external_id',
    states.flatMap(({ id, content }) => content.externalIds.map((key) => ({ ...key, developmentId: id }))),
    'keep',
  );
  await insertMany(
    tx,
    'revision',
    revisions.map(({ state, changedFields, editor, reason, recordedAt, salt }) => ({
      developmentId: state.id,
      number: state.revision,
      snapshot: state.content,
      status: state.status,
      changedFields,
      editor,
      reason,
      recordedAt,
      salt: salt === null ? null : `\\x${salt}`,
    })),
  );
  return revisions.flatMap(({ state: { id, revision }, told }) =>
    told ? [{ developmentId: id, revision, ...told }] : [],
  );
}
