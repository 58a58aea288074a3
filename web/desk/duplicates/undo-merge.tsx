import { useState } from 'react';
import { TextField } from '../form/fields/text-field.js';
import { ActDialog } from '../review/acts/act-dialog.js';
import { useDesk } from '../session/session-context.js';
import { useAct } from '../shell/use-act.js';

interface UndoMergeProps {
  /** The key of the merge. */
  readonly merge: string;
  /** The names of the two. */
  readonly names: string;
  onUndone(): void;
}

/** The button that undoes a merge. An admin is asked for a reason if the record requires that another editor undoes it. */
export function UndoMerge({ merge, names, onUndone }: UndoMergeProps) {
  const { viewer } = useDesk();
  const { send, problem, refusal } = useAct();
  const [overrides, setOverrides] = useState(false);
  const undo = async () => {
    if (await send('undoMerge', { merge })) onUndone();
  };
  return (
    <>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <p className="actions">
        <button type="button" className="second" onClick={() => void undo()}>
          Undo<span className="unseen"> the merge of {names}</span>
        </button>
        {viewer.canAdmin && refusal === 'ReviewRequiredError' && (
          <button type="button" className="second" onClick={() => setOverrides(true)}>
            Undo without review…
          </button>
        )}
      </p>
      {overrides && <Override {...{ merge, names, onUndone }} onCancel={() => setOverrides(false)} />}
    </>
  );
}

function Override({ merge, names, onUndone, onCancel }: UndoMergeProps & { onCancel(): void }) {
  const { send, problem } = useAct();
  const [reason, setReason] = useState('');
  const undo = async () => {
    if (await send('undoMerge', { merge, reason: reason.trim(), overrideReview: true })) onUndone();
  };
  return (
    <ActDialog
      title={`Undo without review: ${names}`}
      does="Undo it"
      problem={problem}
      onSubmit={() => void undo()}
      onCancel={onCancel}
    >
      <TextField
        path="override-reason"
        label="Reason"
        note="It stands in each revision, for everybody to read, and the audit keeps the act."
        isRequired
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  );
}
