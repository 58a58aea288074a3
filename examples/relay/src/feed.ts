import { useMemo } from 'react';
import { graphql, useSubscription } from 'react-relay';
import type { feedSubscription } from './__generated__/feedSubscription.graphql';

/** The items after which nothing in the store can be trusted. */
const DROPPING = new Set(['FeedReset', 'DevelopmentErased', 'ReferenceErased']);

/**
 * Follows the feed into the store, and calls `onItem` after each item. Reloads the page if the record was restored or
 * something was erased.
 */
export function useFeed(onItem: () => void): void {
  useSubscription<feedSubscription>(
    useMemo(
      () => ({
        // Selects what the detail shows: the store then updates it without a request.
        subscription: graphql`
          subscription feedSubscription($after: Cursor) {
            feed(after: $after, replay: LATEST) {
              __typename
              ... on DevelopmentPublished {
                cursor
                development {
                  revision
                  ...detail_development
                }
              }
              ... on DevelopmentRevised {
                cursor
                development {
                  revision
                  ...detail_development
                }
              }
              ... on DevelopmentRetracted {
                cursor
                development {
                  revision
                  ...detail_development
                }
              }
              ... on DevelopmentErased {
                cursor
              }
              ... on ReferenceErased {
                cursor
              }
              ... on FeedCaughtUp {
                cursor
              }
              ... on FeedReset {
                cursor
              }
            }
          }
        `,
        variables: {},
        onNext: (item) => {
          if (DROPPING.has(item?.feed.__typename ?? '')) location.reload();
          else onItem();
        },
      }),
      [onItem],
    ),
  );
}
