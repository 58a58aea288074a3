import { useState } from 'react';
import { TextField } from '../../form/fields/text-field.js';
import { useAct } from '../../shell/use-act.js';
import { ActDialog } from './act-dialog.js';

interface OverrideProps {
  readonly slug: string;
  readonly revision: number;
  readonly headline: string;
  onDone(isDone: boolean): void;
}

/** Asks an admin why a draft is published without the review that the record requires. */
export function Override({ slug, revision, headline, onDone }: OverrideProps) {
  const { send, problem } = useAct();
  const [reason, setReason] = useState('');
  const submit = async () => {
    const input = { slug, expectedRevision: revision, overrideReview: true, reason };
    if (await send('publishDevelopment', input)) onDone(true);
  };
  return (
    <ActDialog
      title={`Publish without review: ${headline}`}
      does="Publish it"
      problem={problem}
      onSubmit={() => void submit()}
      onCancel={() => onDone(false)}
    >
      <TextField
        path="override-reason"
        label="Reason"
        note="It stands in the revision, for everybody to read, and the audit keeps the act."
        isRequired
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  );
}
