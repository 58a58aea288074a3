import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql.js';
import { DATE } from './card.js';

/** What has changed since a point of the past. */
export const CHANGES = graphql(
  `
  query Changes($from: AsOf!, $filter: DevelopmentFilter, $language: String!) {
    changesBetween(from: $from, filter: $filter, first: 100) {
      totalCount
      nodes {
        kind
        changes { field before after }
        after { id slug headline occurred { ...Day } retraction { reason } }
      }
    }
  }
`,
  [DATE],
);

export type ChangesData = ResultOf<typeof CHANGES>;
