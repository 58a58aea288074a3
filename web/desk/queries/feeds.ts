import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

/** The watched feeds by name, for a choice among them. */
export const FEED_NAMES = graphql(`
  query FeedNames {
    watchedFeeds { key title url }
  }
`);

/** The watched feeds with their rules and their health. */
export const FEEDS = graphql(`
  query Feeds {
    watchedFeeds {
      key url title include exclude language interval paused
      topics { slug name }
      source { slug title publisher reliability }
      nextAt lastSuccessAt lastNewItemAt failures failure warning
    }
  }
`);

/** The watched feeds as a file for feed readers. */
export const FEEDS_OPML = graphql(`
  query FeedsOpml {
    watchedFeedsOpml
  }
`);

export type WatchedFeed = NonNullable<ResultOf<typeof FEEDS>['watchedFeeds']>[number];
