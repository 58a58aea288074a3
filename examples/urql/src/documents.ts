import { graphql } from './graphql';

const CARD = graphql(`
  fragment Card on Development {
    __typename
    id
    slug
    revision
    headline
    confidence
    disputed
    occurred {
      edtf
      text
    }
  }
`);

const DETAIL_FIELDS = graphql(
  `
    fragment Detail on Development {
      ...Card
      summary
      retraction {
        reason
      }
      disputes {
        field
        values {
          text
          isPreferred
          claims {
            key
            citation {
              key
              source {
                id
                title
              }
            }
          }
        }
      }
    }
  `,
  [CARD],
);

export const WALL = graphql(
  `
    query Wall($filter: DevelopmentFilter, $first: Int!, $after: Cursor) {
      developments(filter: $filter, first: $first, after: $after) {
        totalCount
        nodes {
          ...Card
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [CARD],
);

export const DETAIL = graphql(
  `
    query Detail($slug: String!) {
      development(slug: $slug) {
        ...Detail
      }
    }
  `,
  [DETAIL_FIELDS],
);

// Selects what the detail shows: the cache then updates it without a request.
export const FEED = graphql(
  `
    subscription Feed($after: Cursor) {
      feed(after: $after, replay: LATEST) {
        __typename
        ... on DevelopmentPublished {
          cursor
          development {
            ...Detail
          }
        }
        ... on DevelopmentRevised {
          cursor
          development {
            ...Detail
          }
        }
        ... on DevelopmentRetracted {
          cursor
          development {
            ...Detail
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
  [DETAIL_FIELDS],
);
