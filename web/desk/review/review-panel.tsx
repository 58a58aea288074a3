import { useState } from 'react';
import { capital } from '../../wire/words.js';
import { FIELD_LABELS } from '../form/values/fields.js';
import type { FieldName } from '../form/values/form-values.js';
import { useLiveReload } from '../live/use-live-reload.js';
import { REVIEW } from '../queries/review.js';
import { STATE_WORDS } from '../queue/states.js';
import { useQuery } from '../shell/use-query.js';
import { Discard } from './acts/discard.js';
import { Override } from './acts/override.js';
import { RequestChanges } from './acts/request-changes.js';
import { Schedule, TIME_ZONE } from './acts/schedule.js';
import { type Asked, ReviewActs } from './review-acts.js';
import { ReviewHistory } from './review-history.js';

/** Where a draft stands, what can be done with it, and what was done. Live. */
export function ReviewPanel({ slug }: { readonly slug: string }) {
  const { data, reload } = useQuery(REVIEW, { slug });
  useLiveReload(reload, slug);
  const [asked, setAsked] = useState<Asked>();
  const [said, setSaid] = useState('');
  const development = data?.development;
  const review = development?.review;
  if (!development || !review) return null;
  const { headline, revision } = development;
  const done = (words: string) => {
    setSaid(words);
    reload();
  };
  const dialog = {
    ...{ slug, revision, headline },
    onDone: (isDone: boolean) => {
      setAsked(undefined);
      if (isDone) done('Done.');
    },
  };
  return (
    <section className="part review" aria-labelledby="review-title">
      <h2 id="review-title">Review</h2>
      <p role="status">
        <b>{capital(STATE_WORDS[review.state] ?? review.state)}</b>, written by {review.author}
        {review.assignee && `, assigned to ${review.assignee}`}
        {review.approvedBy && `, approved by ${review.approvedBy}`}
        {review.publishAt &&
          `, publishes at ${new Date(review.publishAt).toLocaleString('en-GB')} (${TIME_ZONE})`}
        . {said}
      </p>
      {review.state === 'CHANGES_REQUESTED' && review.notes.length > 0 && (
        <dl className="asked">
          {review.notes.map(({ field, text, by }) => (
            <div key={`${field} ${text}`}>
              <dt>
                {FIELD_LABELS[field as FieldName] ?? field}, {by}
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {development.status === 'DRAFT' && (
        <ReviewActs development={development} review={review} onAsk={setAsked} onDone={done} />
      )}
      <ReviewHistory review={review} />
      {asked === 'requestChanges' && <RequestChanges {...dialog} />}
      {asked === 'schedule' && <Schedule {...dialog} />}
      {asked === 'override' && <Override {...dialog} />}
      {asked === 'discard' && <Discard {...dialog} />}
    </section>
  );
}
