import { FieldChanges } from '../../wire/list/field-changes.js';
import type { BulkPreview } from '../queries/bulk.js';

const OUTCOMES = { CHANGES: 'changes', UNCHANGED: 'is so already', FAILS: 'cannot be changed' } as const;

/** What a bulk change would do to each development, those that fail first. */
export function PreviewList({ preview }: { readonly preview: BulkPreview }) {
  const rank = { FAILS: 0, CHANGES: 1, UNCHANGED: 2 } as const;
  const items = [...preview.items].sort((one, other) => rank[one.outcome] - rank[other.outcome]);
  return (
    <>
      <p role="status">
        {preview.changing} would change, {preview.unchanged} are so already, {preview.failing} cannot be
        changed.
      </p>
      <ol className="lines preview-lines">
        {items.map(({ slug, outcome, failure, changes, development }) => (
          <li key={slug} className={outcome === 'FAILS' ? 'fails' : undefined}>
            <span>
              <b>
                <bdi>{development?.headline ?? slug}</bdi>
              </b>{' '}
              {OUTCOMES[outcome]}
            </span>
            {failure && <span className="small">{failure.message}</span>}
            {changes.length > 0 && (
              <details>
                <summary>Differences</summary>
                <FieldChanges changes={changes} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
