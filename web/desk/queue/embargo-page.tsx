import { useLiveReload } from '../live/use-live-reload.js';
import { type Draft, QUEUE } from '../queries/queue.js';
import { TIME_ZONE } from '../review/acts/schedule.js';
import { DeskLink } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';

const ORDER = { field: 'PUBLISH_AT', direction: 'ASC' } as const;

/** The drafts under embargo, by the day on which they are published. */
export function EmbargoPage() {
  const { data, problem, reload } = useQuery(QUEUE, {
    ...{ state: ['SCHEDULED'] as 'SCHEDULED'[], assignee: null, after: null, orderBy: ORDER },
  });
  useLiveReload(reload);
  const days = byDay(data?.drafts?.nodes ?? []);
  return (
    <>
      <PageTitle>Embargo calendar</PageTitle>
      <p className="small">Times are in the time zone {TIME_ZONE}. The server publishes at these times.</p>
      {problem && <p className="refusal">{problem}</p>}
      {data && days.size === 0 && <p>Nothing is under embargo.</p>}
      {[...days].map(([day, drafts]) => (
        <section key={day} className="part" aria-label={day}>
          <h2>{day}</h2>
          <ol className="lines">
            {drafts.map(({ id, slug, headline, review }) => (
              <li key={id}>
                <time dateTime={review?.publishAt ?? ''}>
                  {new Date(review?.publishAt ?? 0).toLocaleTimeString('en-GB')}
                </time>
                <DeskLink to={{ page: 'development', slug }}>
                  <bdi>{headline}</bdi>
                </DeskLink>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

const dayOf = ({ review }: Draft): string =>
  new Date(review?.publishAt ?? 0).toLocaleDateString('en-GB', { dateStyle: 'full' });

function byDay(drafts: readonly Draft[]): ReadonlyMap<string, readonly Draft[]> {
  const days = new Map<string, readonly Draft[]>();
  for (const draft of drafts) days.set(dayOf(draft), [...(days.get(dayOf(draft)) ?? []), draft]);
  return days;
}
