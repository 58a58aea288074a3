import { useLayoutEffect, useRef, useState } from 'react';
import type { Kind } from '../../address.js';
import type { Editable } from '../../queries/editable.js';
import { FIELD_LABELS } from '../values/fields.js';
import type { FieldName, FormValues } from '../values/form-values.js';
import { changedFields } from '../values/input.js';
import { shownValue } from '../values/shown-value.js';
import { contested, mergeValues, type Versions } from './merge-values.js';

interface ConflictProps {
  readonly kind: Kind;
  readonly latest: Editable;
  readonly versions: Versions;
  /** Continues with the joined values, on top of the latest revision. */
  onResolve(values: FormValues): void;
}

/** Shows field by field what somebody else has saved meanwhile, and asks which values to keep. */
export function Conflict({ kind, latest, versions, onResolve }: ConflictProps) {
  const box = useRef<HTMLElement>(null);
  const [keepsMine, setKeepsMine] = useState<ReadonlySet<FieldName>>(new Set());
  useLayoutEffect(() => box.current?.focus(), []);
  const { base, theirs, mine } = versions;
  const disputed = contested(kind, versions);
  const theirsOnly = changedFields(kind, base, theirs).filter((name) => !disputed.includes(name));
  const by = latest.revisions.nodes[0];
  const choose = (name: FieldName, isMine: boolean) => {
    const chosen = new Set(keepsMine);
    if (isMine) chosen.add(name);
    else chosen.delete(name);
    setKeepsMine(chosen);
  };
  return (
    <section className="conflict" tabIndex={-1} ref={box} role="alert" aria-labelledby="conflict-title">
      <h2 id="conflict-title">Not saved: {by?.editor ?? 'somebody else'} has changed it meanwhile</h2>
      <p>
        Revision {latest.revision} is newer than the one you began with.
        {by?.reason && ` Its reason: ${by.reason}`} Nothing is lost: choose for each field, then save again.
      </p>
      {disputed.map((name) => (
        <fieldset key={name} className="choice">
          <legend>{FIELD_LABELS[name]}: both of you changed it</legend>
          <p className="small">Before: {shownValue(base, name) || 'nothing'}</p>
          <Choice
            {...{ name }}
            label="Theirs"
            text={shownValue(theirs, name)}
            isChosen={!keepsMine.has(name)}
            onChoose={() => choose(name, false)}
          />
          <Choice
            {...{ name }}
            label="Yours"
            text={shownValue(mine, name)}
            isChosen={keepsMine.has(name)}
            onChoose={() => choose(name, true)}
          />
        </fieldset>
      ))}
      {theirsOnly.length > 0 && (
        <dl className="changes">
          {theirsOnly.map((name) => (
            <div key={name}>
              <dt>{FIELD_LABELS[name]}: changed by them only</dt>
              <dd>
                <del>{shownValue(base, name) || 'nothing'}</del>{' '}
                <ins>{shownValue(theirs, name) || 'nothing'}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <button type="button" onClick={() => onResolve(mergeValues(kind, versions, keepsMine))}>
        Continue with these values
      </button>
    </section>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly isChosen: boolean;
  onChoose(): void;
}

function Choice({ name, label, text, isChosen, onChoose }: ChoiceProps) {
  return (
    <label className="version">
      <input type="radio" name={`conflict-${name}`} checked={isChosen} onChange={onChoose} />
      <span>
        <b>{label}</b>
        <span className="value">{text || 'nothing'}</span>
      </span>
    </label>
  );
}
