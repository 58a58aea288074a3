import { useId, useState } from 'react';
import { counted } from '../../wire/words.js';
import { MERGE_PREVIEW, type Preview } from '../queries/merging.js';
import type { Entry } from '../queries/suggestions.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { entryName } from './entry-facts.js';
import { MERGE_MUTATIONS, type MergeKind } from './merge-kinds.js';

interface MergePanelProps {
  readonly kind: MergeKind;
  readonly one: Entry;
  readonly other: Entry;
  /** Called with the name of the survivor. */
  onMerged(survivor: string): void;
  onCancel(): void;
}

/** The choice of the survivor, and what the merge would do, before it happens. */
export function MergePanel({ kind, one, other, onMerged, onCancel }: MergePanelProps) {
  const [isReversed, setIsReversed] = useState(false);
  const [reason, setReason] = useState('');
  const { send, problem } = useAct();
  const group = useId();
  const [from, into] = isReversed ? [one, other] : [other, one];
  const { data, problem: failure } = useQuery(MERGE_PREVIEW, { kind, from: from.slug, into: into.slug });
  const preview = data?.mergePreview;
  const isBlocked = !preview || preview.obstacles.length > 0;
  const merge = async () => {
    if (!preview) return;
    const expectedRevisions = { from: preview.fromRevision, into: preview.intoRevision };
    const input = { from: from.slug, into: into.slug, reason: reason.trim(), expectedRevisions };
    if (await send(MERGE_MUTATIONS[kind], input)) onMerged(entryName(into));
  };
  return (
    <form
      className="merge"
      aria-label={`Merge ${entryName(one)} and ${entryName(other)}`}
      onSubmit={(event) => {
        event.preventDefault();
        void merge();
      }}
    >
      <fieldset>
        <legend>Which one stays?</legend>
        {[one, other].map((entry) => (
          <label key={entry.slug}>
            <input
              type="radio"
              name={group}
              checked={into === entry}
              onChange={() => setIsReversed(entry === other)}
            />{' '}
            <bdi>{entryName(entry)}</bdi> <span className="small">{entry.slug}</span>
          </label>
        ))}
      </fieldset>
      {failure && <p className="refusal">{failure}</p>}
      {preview && <Effect preview={preview} from={entryName(from)} into={entryName(into)} />}
      <label>
        Reason for the merge
        <input
          type="text"
          required
          maxLength={1_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="actions">
        <button type="submit" disabled={isBlocked}>
          Merge into {entryName(into)}
        </button>
        <button type="button" className="second" onClick={onCancel}>
          Do not merge
        </button>
      </div>
    </form>
  );
}

interface EffectProps {
  readonly preview: Preview;
  readonly from: string;
  readonly into: string;
}

/** What would change, and what stays of the two. */
function Effect({ preview, from, into }: EffectProps) {
  const { fields, developments, drafts, references, obstacles } = preview;
  return (
    <>
      {obstacles.map(({ text }) => (
        <p key={text} className="problem">
          {text}
        </p>
      ))}
      <p role="status">
        {counted(developments, 'development')} ({counted(drafts, 'draft')} among them) and{' '}
        {counted(references, 'other reference')} would name {into}. Names of {from} lead to it.
      </p>
      <div className="table">
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">Stays</th>
              <th scope="col">Is no longer shown</th>
            </tr>
          </thead>
          <tbody>
            {fields
              .filter((it) => !it.isSame)
              .map(({ field, from: gone, into: kept }) => (
                <tr key={field} className="different">
                  <th scope="row">{field}</th>
                  <td>{textOf(kept)}</td>
                  <td>{textOf(gone)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Shows a value of a field on one line. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(textOf).join(', ');
  if (typeof value !== 'object') return String(value);
  const { name, edtf, state } = value as Readonly<Record<string, unknown>>;
  return String(name ?? edtf ?? state ?? JSON.stringify(value));
}
