import { useState } from 'react';
import { TextField } from '../../form/fields/text-field.js';
import { useAct } from '../../shell/use-act.js';
import { ActDialog } from './act-dialog.js';

interface DiscardProps {
  readonly slug: string;
  readonly revision: number;
  readonly headline: string;
  onDone(isDone: boolean): void;
}

/** Asks why a draft is discarded. */
export function Discard({ slug, revision, headline, onDone }: DiscardProps) {
  const { send, problem } = useAct();
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (await send('discardDraft', { slug, expectedRevision: revision, reason })) onDone(true);
  };
  return (
    <ActDialog
      title={`Discard for good: ${headline}`}
      does="Discard the draft"
      problem={problem}
      onSubmit={() => void submit()}
      onCancel={() => onDone(false)}
    >
      <TextField path="discard-reason" label="Reason" isRequired value={reason} onChange={setReason} />
    </ActDialog>
  );
}
