import { counted } from '../../wire/words.js';
import type { WatchedFeed } from '../queries/feeds.js';

/** The state of a watched feed, in words. */
export interface Health {
  readonly state: 'Paused' | 'Failing' | 'Not fetched yet' | 'OK';
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
    state: paused ? 'Paused' : failures > 0 ? 'Failing' : lastSuccessAt ? 'OK' : 'Not fetched yet',
    facts: [
      ...(failures > 0
        ? [`${counted(failures, 'failure')} in a row: ${failure ?? 'no reason is known'}`]
        : []),
      lastSuccessAt ? `last success ${at(lastSuccessAt)}` : 'never succeeded',
      lastNewItemAt ? `last new article ${at(lastNewItemAt)}` : 'no articles yet',
      ...(paused ? [] : [isDue ? 'due now' : `next request ${at(nextAt)}`]),
    ],
  };
}
