import { counted } from '../../wire/words.js';
import type { WatchedFeed } from '../queries/feeds.js';

/** The state of a watched feed, in words. */
export interface Health {
  readonly state: 'Paused' | 'Failing' | 'Not fetched yet' | 'In order';
  readonly facts: readonly string[];
}

const at = (instant: string) =>
  new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

type Fetched = Pick<
  WatchedFeed,
  'paused' | 'failures' | 'failure' | 'lastSuccessAt' | 'lastNewItemAt' | 'nextAt'
>;

/** Says in words how a watched feed does. */
export function healthOf(feed: Fetched): Health {
  const { paused, failures, failure, lastSuccessAt, lastNewItemAt, nextAt } = feed;
  const isDue = Date.parse(nextAt) <= Date.now();
  return {
    state: paused ? 'Paused' : failures > 0 ? 'Failing' : lastSuccessAt ? 'In order' : 'Not fetched yet',
    facts: [
      ...(failures > 0
        ? [`${counted(failures, 'failure')} in a row: ${failure ?? 'no reason is known'}`]
        : []),
      lastSuccessAt ? `last success ${at(lastSuccessAt)}` : 'no success so far',
      lastNewItemAt ? `last new article ${at(lastNewItemAt)}` : 'no new article so far',
      ...(paused ? [] : [isDue ? 'due now' : `next request ${at(nextAt)}`]),
    ],
  };
}
