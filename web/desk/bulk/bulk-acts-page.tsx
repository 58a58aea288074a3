import { useState } from 'react';
import { counted } from '../../wire/words.js';
import { useLiveReload } from '../live/use-live-reload.js';
import { BULK_ACTS, type BulkAct } from '../queries/bulk.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { describeAction } from './actions.js';
import { useBulk } from './use-bulk.js';

/** The latest bulk changes, each with its way back. */
export function BulkActsPage() {
  const { data, problem, reload } = useQuery(BULK_ACTS, {});
  useLiveReload(reload);
  const { problem: refusal, undo } = useBulk();
  const [said, setSaid] = useState('');
  const acts = data?.bulkActs ?? [];
  const takeBack = async ({ key }: BulkAct) => {
    const words = await undo(key);
    if (words !== undefined) setSaid(words);
    reload();
  };
  return (
    <>
      <PageTitle>Bulk changes</PageTitle>
      {(problem ?? refusal) && (
        <p className="refusal" role="alert">
          {problem ?? refusal}
        </p>
      )}
      <p role="status" className="said">
        {said}
      </p>
      {data && acts.length === 0 && <p>There are no bulk changes yet.</p>}
      <ol className="lines" aria-label="Bulk changes">
        {acts.map((act) => (
          <li key={act.key}>
            <b>{describeAction(act.action)}</b>
            <span className="small">
              {counted(act.count, 'development')}, by {act.editor},{' '}
              {new Date(act.recordedAt).toLocaleString('en-GB')}
              {act.reason && `: ${act.reason}`}
              {act.undoneBy && ` · undone by ${act.undoneBy}`}
            </span>
            {!act.undoneAt && !('retract' in (act.action as object)) && (
              <button type="button" className="quiet" onClick={() => void takeBack(act)}>
                Undo<span className="unseen">: {describeAction(act.action)}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
