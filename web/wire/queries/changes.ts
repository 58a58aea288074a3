import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql.js';

/** What has changed since a point of the past. */
export const CHANGES = graphql(`
  query Changes($from: AsOf!, $filter: DevelopmentFilter) {
    changesBetween(from: $from, filter: $filter, first: 100) {
      totalCount
      nodes {
        kind
        changes { field before after }
        after { id slug headline occurred { text } retraction { reason } }
      }
    }
  }
`);

export type ChangesData = ResultOf<typeof CHANGES>;
