import { graphql } from '../../wire/graphql.js';

/** The published developments, the latest first, for bulk changes. */
export const PUBLIC_LIST = graphql(`
  query DeskPublicList($filter: DevelopmentFilter, $after: Cursor) {
    developments(filter: $filter, first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id slug kind headline revision occurred { text } topics { slug name } confidence }
    }
  }
`);
