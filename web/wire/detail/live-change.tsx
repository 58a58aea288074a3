import { FieldChanges } from '../list/field-changes.js';
import { useAnnouncement } from '../live/use-announcement.js';
import type { DevelopmentChange } from '../queries/development-feed.js';
import { erasedWords } from '../words.js';

/** Says what has changed while the page was open, and why. */
export function LiveChange({ change }: { readonly change: DevelopmentChange | undefined }) {
  const title = change ? titleOf(change) : '';
  return (
    <>
      <p className="unseen" role="status">
        {useAnnouncement(title)}
      </p>
      {change && (
        <div className={change.__typename === 'DevelopmentRetracted' ? 'change retracted' : 'change'}>
          <p className="mark">{title}</p>
          {change.__typename === 'DevelopmentRevised' && change.reason && (
            <p className="note">{change.reason}</p>
          )}
          {change.__typename === 'DevelopmentRevised' && change.changes.length > 0 && (
            <details>
              <summary>What changed</summary>
              <FieldChanges changes={change.changes} />
            </details>
          )}
        </div>
      )}
    </>
  );
}

function titleOf(change: DevelopmentChange): string {
  if (change.__typename === 'DevelopmentErased') {
    return erasedWords('The quotation was', change.ground);
  }
  if (change.__typename === 'DevelopmentRetracted') {
    return change.reason ? `Retracted just now: ${change.reason}` : 'Retracted just now';
  }
  if (change.__typename === 'DevelopmentPublished') return 'Published again just now';
  const fields = change.changes.map(({ field }) => field);
  return fields.length > 0 ? `Revised just now: ${fields.join(', ')}` : 'Revised just now';
}
