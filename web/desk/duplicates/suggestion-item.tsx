import { type KeyboardEvent, useState } from 'react';
import { capital } from '../../wire/words.js';
import type { DuplicateKind } from '../address.js';
import type { Suggestion } from '../queries/suggestions.js';
import { useAct } from '../shell/use-act.js';
import { entryFacts, entryName } from './entry-facts.js';
import { isMergeable } from './merge-kinds.js';
import { MergePanel } from './merge-panel.js';

interface SuggestionItemProps {
  readonly kind: DuplicateKind;
  readonly suggestion: Suggestion;
  /** Called when an editor has judged the pair. */
  onJudged(verdict: Verdict): void;
  /** Called with the name of the survivor when an editor has merged the pair. */
  onMerged(survivor: string): void;
}

export type Verdict = 'SAME' | 'NOT_SAME';

const STRENGTHS = { HIGH: 'Almost certainly the same', MEDIUM: 'Probably the same', LOW: 'Perhaps the same' };

/** Two entries that may be one thing, side by side, with the reasons and what speaks against it. */
export function SuggestionItem({ kind, suggestion, onJudged, onMerged }: SuggestionItemProps) {
  const { send, problem } = useAct();
  const [reason, setReason] = useState('');
  const [isMerging, setIsMerging] = useState(false);
  const { one, other, strength, reasons, doubts, judgement } = suggestion;
  const [facts, otherFacts] = [entryFacts(one), entryFacts(other)];
  const names = `${entryName(one)} and ${entryName(other)}`;
  const judge = async (verdict: Verdict) => {
    const input = { kind, one: one.slug, other: other.slug, verdict };
    if (await send('judgeDuplicate', { ...input, ...(reason.trim() && { reason }) })) onJudged(verdict);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void judge('NOT_SAME');
  };
  return (
    <article className="suggestion" aria-label={names}>
      <h2>{STRENGTHS[strength]}</h2>
      <ul className="reasons">
        {reasons.map(({ text }) => (
          <li key={text}>{capital(text)}</li>
        ))}
        {doubts.map(({ text }) => (
          <li key={text} className="doubt">
            But: {text}
          </li>
        ))}
      </ul>
      <div className="table">
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">
                <bdi>{entryName(one)}</bdi>
              </th>
              <th scope="col">
                <bdi>{entryName(other)}</bdi>
              </th>
            </tr>
          </thead>
          <tbody>
            <Row name="Key" one={one.slug} other={other.slug} />
            {Object.keys(facts).map((name) => (
              <Row key={name} name={name} one={facts[name]} other={otherFacts[name]} />
            ))}
          </tbody>
        </table>
      </div>
      {judgement && (
        <p className="small">
          {judgement.editor} judged on {new Date(judgement.recordedAt).toLocaleDateString('en-GB')}: the same.
        </p>
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {isMerging && isMergeable(kind) && (
        <MergePanel {...{ kind, one, other, onMerged }} onCancel={() => setIsMerging(false)} />
      )}
      <div className="actions">
        <label>
          <span className="unseen">Reason for the judgement of {names}</span>
          <input
            type="text"
            placeholder="Reason (optional)"
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            onKeyDown={onKeyDown}
          />
        </label>
        <button type="button" className="second" onClick={() => void judge('NOT_SAME')}>
          Not the same<span className="unseen">: {names}</span>
        </button>
        {judgement?.verdict !== 'SAME' && (
          <button type="button" className="second" onClick={() => void judge('SAME')}>
            The same<span className="unseen">: {names}</span>
          </button>
        )}
        {isMergeable(kind) && !isMerging && (
          <button type="button" className="second" onClick={() => setIsMerging(true)}>
            Merge…<span className="unseen"> {names}</span>
          </button>
        )}
      </div>
    </article>
  );
}

interface RowProps {
  readonly name: string;
  readonly one: string | undefined;
  readonly other: string | undefined;
}

/** A line of the comparison. Differences are marked by a word, not by colour alone. */
function Row({ name, one = '', other = '' }: RowProps) {
  if (one === '' && other === '') return null;
  return (
    <tr className={one === other ? undefined : 'different'}>
      <th scope="row">
        {name}
        {one !== other && <span className="small"> (different)</span>}
      </th>
      <td>{one || '–'}</td>
      <td>{other || '–'}</td>
    </tr>
  );
}
