import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

export const BULK_PREVIEW = graphql(`
  query DeskBulkPreview($input: BulkPreviewInput!) {
    bulkPreview(input: $input) {
      changing
      unchanged
      failing
      items {
        slug
        outcome
        failure { message }
        changes { field before after }
        development { headline }
      }
    }
  }
`);

export const BULK_CHANGE = graphql(`
  mutation DeskBulkChange($input: BulkChangeInput!) {
    bulkChange(input: $input) {
      __typename
      ... on BulkChangeSuccess { changed failed bulk { key } }
      ... on Error { message }
    }
  }
`);

export const UNDO_BULK = graphql(`
  mutation DeskUndoBulk($input: UndoBulkInput!) {
    undoBulk(input: $input) {
      __typename
      ... on UndoBulkSuccess { items { slug outcome reason } }
      ... on Error { message }
    }
  }
`);

export const BULK_ACTS = graphql(`
  query DeskBulkActs {
    bulkActs(first: 50) { key action editor reason recordedAt count undoneAt undoneBy }
  }
`);

export type BulkPreview = NonNullable<ResultOf<typeof BULK_PREVIEW>['bulkPreview']>;
export type BulkAction = VariablesOf<typeof BULK_PREVIEW>['input']['action'];
export type BulkAct = NonNullable<ResultOf<typeof BULK_ACTS>['bulkActs']>[number];
