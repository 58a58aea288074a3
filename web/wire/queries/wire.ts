import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../graphql.js';
import { CARD } from './card.js';

/** Everything on the wire and on the list of a reference: a page of the list, its facets and its timeline. */
export const WIRE = graphql(
  `
    query Wire(
      $filter: DevelopmentFilter
      $orderBy: DevelopmentOrder
      $asOf: AsOf
      $first: Int
      $after: Cursor
      $last: Int
      $before: Cursor
      $interval: TimelineInterval!
      $language: String!
    ) {
      feedHead
      developments(
        filter: $filter
        orderBy: $orderBy
        asOf: $asOf
        first: $first
        after: $after
        last: $last
        before: $before
      ) {
        totalCount
        totalCountIsExact
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        nodes { ...Card }
      }
      developmentFacets(filter: $filter, asOf: $asOf, first: 8) {
        kind { values { kind count } }
        disputed { values { disputed count } }
        participant { values { actor { id slug name } count } more }
        topic { values { topic { id slug name } count } more }
        treaty { values { treaty { id slug name abbreviation } count } more }
        weaponSystem { values { weaponSystem { id slug name } count } more }
        country { values { country count } more }
      }
      oldest: developments(orderBy: { field: PUBLISHED, direction: ASC }, first: 1) {
        nodes { id publishedAt }
      }
      timeline(filter: $filter, asOf: $asOf, interval: $interval) { from to kind count certain }
    }
  `,
  [CARD],
);

export type WireData = ResultOf<typeof WIRE>;
export type WireVariables = VariablesOf<typeof WIRE>;
export type Facets = NonNullable<WireData['developmentFacets']>;
export type Buckets = NonNullable<WireData['timeline']>;
