import { capital, plain } from '../../wire/words.js';
import { FIELD_LABELS } from '../form/values/fields.js';
import type { FieldName } from '../form/values/form-values.js';
import type { Review } from '../queries/review.js';

/** The acts of a review, newest first. */
export function ReviewHistory({ review }: { readonly review: Review }) {
  return (
    <details className="history">
      <summary>History of the review</summary>
      <ol className="notes">
        {review.history.map(({ key, act, by, at, note, assignee, publishAt, revision, notes }) => (
          <li key={key}>
            <b>{capital(plain(act))}</b> by {by}, revision {revision}
            {assignee && `, to ${assignee}`}
            {publishAt && `, for ${new Date(publishAt).toLocaleString('en-GB')}`}{' '}
            <span className="small">{new Date(at).toLocaleString('en-GB')}</span>
            {note && <p>{note}</p>}
            {notes.map(({ field, text }) => (
              <p key={`${field} ${text}`}>
                {FIELD_LABELS[field as FieldName] ?? field}: {text}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
