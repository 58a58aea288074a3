import { useState } from 'react';
import { counted } from '../../wire/words.js';
import { BULK_CHANGE, BULK_PREVIEW, type BulkAction, type BulkPreview, UNDO_BULK } from '../queries/bulk.js';
import { useDesk } from '../session/session-context.js';
import type { Selected } from './use-selection.js';

const NO_ANSWER = 'The server did not answer.';

/** Tries bulk changes, makes them and takes them back. */
export function useBulk() {
  const { client } = useDesk();
  const [problem, setProblem] = useState<string>();

  const itemsOf = (selected: readonly Selected[]) =>
    selected.map(({ slug, revision }) => ({ slug, expectedRevision: revision }));
  const preview = async (
    selected: readonly Selected[],
    action: BulkAction,
  ): Promise<BulkPreview | undefined> => {
    const input = { items: itemsOf(selected), action };
    const { data, error } = await client.query(BULK_PREVIEW, { input }).toPromise();
    setProblem(data?.bulkPreview ? undefined : (error?.message ?? NO_ANSWER));
    return data?.bulkPreview ?? undefined;
  };
  /** Makes the change where it is possible. Returns its key; null if nothing has changed. */
  const change = async (selected: readonly Selected[], action: BulkAction, reason: string | null) => {
    const input = {
      ...{ items: itemsOf(selected), action, reason, skipFailing: true },
      idempotencyKey: crypto.randomUUID(),
    };
    const { data, error } = await client.mutation(BULK_CHANGE, { input }).toPromise();
    const result = data?.bulkChange;
    if (result?.__typename === 'BulkChangeSuccess') {
      setProblem(undefined);
      return { key: result.bulk?.key ?? null, changed: result.changed };
    }
    setProblem(result?.message ?? error?.message ?? NO_ANSWER);
    return undefined;
  };
  /** Takes a change back. Returns what it did, in words. */
  const undo = async (bulk: string): Promise<string | undefined> => {
    const input = { bulk, idempotencyKey: crypto.randomUUID() };
    const { data, error } = await client.mutation(UNDO_BULK, { input }).toPromise();
    const result = data?.undoBulk;
    if (result?.__typename === 'UndoBulkSuccess') {
      setProblem(undefined);
      const kept = result.items.filter(({ outcome }) => outcome === 'KEPT');
      const undone = result.items.length - kept.length;
      const why = kept.map(({ slug, reason }) => `${slug} (${reason})`).join(', ');
      return `Undone: ${counted(undone, 'development')}.${why && ` Kept: ${why}.`}`;
    }
    setProblem(result?.message ?? error?.message ?? NO_ANSWER);
    return undefined;
  };
  return { problem, preview, change, undo };
}
