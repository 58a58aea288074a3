import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql.js';
import { CARD } from './card.js';

/** The changes to the developments of a list. After a break, each changed development comes once, as it is then. */
export const FEED = graphql(
  `
    subscription Feed($after: Cursor, $filter: DevelopmentFilter, $references: Boolean!, $language: String!) {
      feed(after: $after, filter: $filter, replay: LATEST, references: $references) {
        __typename
        ... on DevelopmentPublished { cursor development { ...Card } }
        ... on DevelopmentRevised { cursor matches changedFields development { ...Card } }
        ... on DevelopmentRetracted { cursor reason development { id slug revision } }
        ... on DevelopmentErased { cursor ground development { status ...Card } }
        ... on ReferenceChanged {
          cursor
          reference {
            __typename
            ... on Actor { slug }
            ... on Treaty { slug }
            ... on WeaponSystem { slug }
            ... on Doctrine { slug }
            ... on Topic { slug }
            ... on Source { slug }
          }
        }
        ... on ReferenceErased { cursor ground reference { ... on Node { id } } }
        ... on FeedCaughtUp { cursor }
        ... on FeedReset { cursor cause }
      }
    }
  `,
  [CARD],
);

export type FeedItem = ResultOf<typeof FEED>['feed'];
