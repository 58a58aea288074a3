import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { counted } from '../../wire/words.js';
import { SelectField } from '../form/fields/select-field.js';
import { TextField } from '../form/fields/text-field.js';
import type { ProposalLine } from '../queries/proposals.js';
import { DECISIONS, type Decided, type DecisionName, useDecisions } from './use-decisions.js';

interface DecideSectionProps {
  readonly proposals: readonly ProposalLine[];
  onClose(): void;
  onDone(decided: Decided): void;
}

/** Decides about the selected proposals at once. If some are in the way, it says which, and offers to leave them out. */
export function DecideSection({ proposals, onClose, onDone }: DecideSectionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const [decision, setDecision] = useState<DecisionName>('ACCEPT');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const { problem, failing, decide } = useDecisions(
    proposals.map(({ id }) => id),
    decision,
  );
  const others = proposals.length - failing.length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const decided = await decide(reason.trim() || null);
    setBusy(false);
    if (decided) onDone(decided);
  };
  return (
    <section className="part bulk" aria-labelledby="decide-title">
      <h2 id="decide-title" ref={heading} tabIndex={-1}>
        Decide about {counted(proposals.length, 'proposal')} at once
      </h2>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <SelectField
          path="decision"
          label="What to do"
          value={decision}
          options={DECISIONS}
          onChange={(one) => setDecision(one as DecisionName)}
        />
        <TextField
          path="decision-reason"
          label="Reason"
          note="Their authors read it. A rejection needs one."
          isRequired={decision === 'REJECT'}
          value={reason}
          onChange={setReason}
        />
        {problem && (
          <p className="refusal" role="alert">
            {problem}
          </p>
        )}
        {failing.length > 0 && (
          <ul aria-label="In the way">
            {failing.map(({ id, headline, message }) => (
              <li key={id}>
                <bdi>{headline}</bdi>: {message}
              </li>
            ))}
          </ul>
        )}
        <p className="actions">
          <button type="submit" aria-disabled={isBusy || others === 0} disabled={others === 0}>
            {DECISIONS[decision]}: {counted(others, 'proposal')}
          </button>
          <button type="button" className="second" onClick={onClose}>
            Cancel
          </button>
        </p>
      </form>
    </section>
  );
}
