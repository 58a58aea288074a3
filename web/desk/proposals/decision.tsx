import { type FormEvent, useState } from 'react';
import { TextField } from '../form/fields/text-field.js';
import type { FullProposal } from '../queries/proposals.js';
import { useAct } from '../shell/use-act.js';

interface DecisionProps {
  readonly proposal: FullProposal;
  /** The fields to accept. Undefined: all, unless one has a third value. */
  readonly fields: readonly string[] | undefined;
  onDone(): void;
}

/** Accepts a proposal in whole or in part, or rejects it with a reason. */
export function Decision({ proposal, fields, onDone }: DecisionProps) {
  const { send, problem } = useAct();
  const [reason, setReason] = useState('');
  const { id, act } = proposal;
  const given = reason.trim() === '' ? {} : { reason };
  const accept = async (more: object = {}) => {
    const input = { proposal: id, ...given, ...(fields && { fields }), ...more };
    if (await send('acceptProposal', input)) onDone();
  };
  const reject = async () => {
    if (await send('rejectProposal', { proposal: id, reason })) onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void accept();
  };
  const words = { RECORD: 'Accept and publish', REVISE: 'Accept', RETRACT: 'Accept the withdrawal' }[act];
  return (
    <section className="part" aria-labelledby="decision-title">
      <h2 id="decision-title">Decision</h2>
      <form className="stack" onSubmit={submit}>
        <TextField
          path="proposal-reason"
          label="Reason"
          note="Its author reads it. A rejection needs one."
          value={reason}
          onChange={setReason}
        />
        {problem && (
          <p className="refusal" role="alert">
            {problem}
          </p>
        )}
        <p className="actions">
          <button type="submit" disabled={fields?.length === 0}>
            {fields ? `${words}: ${fields.length} of ${proposal.fields.length} fields` : words}
          </button>
          {act === 'RECORD' && (
            <button type="button" className="second" onClick={() => void accept({ publish: false })}>
              Accept as a draft
            </button>
          )}
          <button type="button" className="second" onClick={() => void reject()}>
            Reject
          </button>
        </p>
      </form>
    </section>
  );
}
