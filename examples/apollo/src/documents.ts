import { gql, type TypedDocumentNode } from '@apollo/client';
import type { DevelopmentFilter } from '@doctrine-wire/client';
import { DevelopmentCard, DevelopmentDetail } from '@doctrine-wire/client/fragments';

interface Page {
  developments: {
    totalCount: number;
    edges: { node: DevelopmentCard }[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  } | null;
}

export const WALL: TypedDocumentNode<
  Page,
  { filter: DevelopmentFilter; first: number; after?: string | null }
> = gql`
  query Wall($filter: DevelopmentFilter, $first: Int!, $after: Cursor) {
    developments(filter: $filter, first: $first, after: $after) {
      totalCount
      edges {
        node {
          ...DevelopmentCard
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
  ${DevelopmentCard}
`;

export const DETAIL: TypedDocumentNode<{ development: DevelopmentDetail | null }, { slug: string }> = gql`
  query Detail($slug: String!) {
    development(slug: $slug) {
      ...DevelopmentDetail
    }
  }
  ${DevelopmentDetail}
`;

// Selects what the detail shows: the cache then updates it without a request.
export const FEED: TypedDocumentNode<{ feed: { __typename: string; cursor: string } }, { after?: string }> =
  gql`
  subscription Feed($after: Cursor) {
    feed(after: $after, replay: LATEST) {
      ... on DevelopmentPublished {
        cursor
        development {
          ...DevelopmentDetail
        }
      }
      ... on DevelopmentRevised {
        cursor
        development {
          ...DevelopmentDetail
        }
      }
      ... on DevelopmentRetracted {
        cursor
        development {
          ...DevelopmentDetail
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
  ${DevelopmentDetail}
`;
