import { useId, useState } from 'react';
import { MERGE_PREVIEW } from '../queries/merging.js';
import type { Entry } from '../queries/suggestions.js';
import { useDesk } from '../session/session-context.js';
import { useAct } from '../shell/use-act.js';
import { useQuery } from '../shell/use-query.js';
import { entryName } from './entry-facts.js';
import { MergeEffect } from './merge-effect.js';
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
  const [overrides, setOverrides] = useState(false);
  const { viewer } = useDesk();
  const mayOverride =
    viewer.canAdmin && preview?.obstacles.every(({ refusal }) => refusal === 'REVIEW_REQUIRED') === true;
  const isBlocked = !preview || (preview.obstacles.length > 0 && !(mayOverride && overrides));
  const merge = async () => {
    if (!preview) return;
    const expectedRevisions = { from: preview.fromRevision, into: preview.intoRevision };
    const input = {
      ...{ from: from.slug, into: into.slug, reason: reason.trim(), expectedRevisions },
      ...(mayOverride && overrides && { overrideReview: true }),
    };
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
      {preview && <MergeEffect {...{ kind, preview }} from={entryName(from)} into={entryName(into)} />}
      {mayOverride && preview.obstacles.length > 0 && (
        <label>
          <input
            type="checkbox"
            checked={overrides}
            onChange={({ target }) => setOverrides(target.checked)}
          />{' '}
          Merge without review. The reason then stands in each revision, and the audit keeps the act.
        </label>
      )}
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
