import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../graphql.js';
import { CARD } from './card.js';

/** A further page of a list that is open. */
export const MORE = graphql(
  `
    query More(
      $filter: DevelopmentFilter
      $orderBy: DevelopmentOrder
      $asOf: AsOf
      $first: Int
      $after: Cursor
      $language: String!
    ) {
      developments(filter: $filter, orderBy: $orderBy, asOf: $asOf, first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { ...Card }
      }
    }
  `,
  [CARD],
);

export type MoreData = NonNullable<ResultOf<typeof MORE>['developments']>;
export type MoreVariables = VariablesOf<typeof MORE>;
