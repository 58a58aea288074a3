import { FieldChanges } from '../../wire/list/field-changes.js';
import { FIELD_LABELS } from '../form/values/fields.js';
import type { FieldName } from '../form/values/form-values.js';
import type { FullProposal } from '../queries/proposals.js';

interface DifferencesProps {
  readonly differences: FullProposal['differences'];
  /** The fields to accept. Undefined: a proposal that is decided, or can only be accepted in whole. */
  readonly chosen: ReadonlySet<string> | undefined;
  onChoose(chosen: ReadonlySet<string>): void;
}

/** Each proposed field: as its author found it, as it is now, and as proposed. */
export function Differences({ differences, chosen, onChoose }: DifferencesProps) {
  const toggle = (field: string) => {
    const next = new Set(chosen);
    if (!next.delete(field)) next.add(field);
    onChoose(next);
  };
  if (differences.length === 0) return <p>It changes no field.</p>;
  return (
    <ul className="differences">
      {differences.map(({ field, base, current, proposed, isConflict }) => (
        <li key={field}>
          {chosen && (
            <label className="check">
              <input type="checkbox" checked={chosen.has(field)} onChange={() => toggle(field)} />
              Accept: {FIELD_LABELS[field as FieldName] ?? field}
            </label>
          )}
          <FieldChanges
            changes={[
              { field: FIELD_LABELS[field as FieldName] ?? field, before: current ?? base, after: proposed },
            ]}
          />
          {isConflict && (
            <p className="notice">
              It has changed since the proposal. Its author found: {textOf(base)}. Choose the fields to accept
              if the proposed value is right.
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

const textOf = (value: unknown): string =>
  value === null ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
