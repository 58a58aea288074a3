import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql.js';
import { DATE } from './card.js';

/** A short list, for frames in pages of other sites. */
export const EMBED = graphql(
  `
    query Embed(
      $filter: DevelopmentFilter
      $orderBy: DevelopmentOrder
      $asOf: AsOf
      $first: Int!
      $language: String!
    ) {
      feedHead
      developments(filter: $filter, orderBy: $orderBy, asOf: $asOf, first: $first) {
        totalCount
        totalCountIsExact
        nodes {
          id
          slug
          kind
          headline
          disputed
          occurred { ...Day }
          citations { stance credibility source { id title publisher reliability } }
          ... on Event { type }
          ... on Statement { speech }
          ... on DoctrineChange { changeType }
        }
      }
    }
  `,
  [DATE],
);

export type EmbedData = ResultOf<typeof EMBED>;
export type EmbedCard = NonNullable<EmbedData['developments']>['nodes'][number];
