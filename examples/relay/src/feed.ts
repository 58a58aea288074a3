import { useMemo } from 'react';
import { graphql, useSubscription } from 'react-relay';
import type { feedSubscription } from './__generated__/feedSubscription.graphql';

/**
 * Follows the feed into the store, and calls `onItem` after each item. Loads the page again if the record was restored or
 * something of it was erased.
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
          const type = item?.feed.__typename;
          // Any record of the store may show what was erased.
          if (type === 'FeedReset' || type?.endsWith('Erased')) location.reload();
          else onItem();
        },
      }),
      [onItem],
    ),
  );
}
