import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql.js';

/** The changes to developments, without the developments themselves: the page of one loads it again. */
export const DEVELOPMENT_FEED = graphql(`
  subscription DevelopmentFeed($after: Cursor, $filter: DevelopmentFilter) {
    feed(after: $after, filter: $filter, replay: LATEST) {
      __typename
      ... on DevelopmentPublished { cursor development { id } }
      ... on DevelopmentRevised { cursor reason changedFields changes { field before after } development { id } }
      ... on DevelopmentRetracted { cursor reason development { id } }
      ... on DevelopmentErased { cursor ground development { id slug status } }
      ... on ReferenceErased { cursor }
      ... on FeedCaughtUp { cursor }
      ... on FeedReset { cursor cause }
    }
  }
`);

export type FeedItem = ResultOf<typeof DEVELOPMENT_FEED>['feed'];

/** A change of the development that a page shows. */
export type DevelopmentChange = Extract<
  FeedItem,
  { __typename: 'DevelopmentPublished' | 'DevelopmentRevised' | 'DevelopmentRetracted' | 'DevelopmentErased' }
>;
