import { FEEDS } from '../queries/feeds.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { FeedForm } from './feed-form.js';

/** The rest of the address of the form for a new feed. */
export const NEW_FEED = 'new';

/** The form for a watched feed. */
export function FeedPage({ feed: key }: { readonly feed: string }) {
  const { data, problem } = useQuery(FEEDS, {});
  if (key === NEW_FEED) {
    return (
      <>
        <PageTitle>Watch a feed</PageTitle>
        <FeedForm feed={undefined} />
      </>
    );
  }
  if (problem) return <p className="refusal">{problem}</p>;
  if (!data) return <p role="status">Loading…</p>;
  const feed = data.watchedFeeds?.find((one) => one.key === key);
  if (!feed) return <PageTitle>No watched feed has this address</PageTitle>;
  return (
    <>
      <PageTitle>{feed.title ?? feed.url}</PageTitle>
      <FeedForm feed={feed} />
    </>
  );
}
