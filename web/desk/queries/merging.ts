import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

/** What a merge would do, field by field. */
export const MERGE_PREVIEW = graphql(`
  query MergePreview($kind: MergeKind!, $from: String!, $into: String!) {
    mergePreview(kind: $kind, from: $from, into: $into) {
      fromRevision
      intoRevision
      developments
      drafts
      references
      fields { field from into result isSame }
      obstacles { refusal text }
    }
  }
`);

export type Preview = NonNullable<ResultOf<typeof MERGE_PREVIEW>['mergePreview']>;

const NAMES = graphql(`
  fragment MergedNames on DuplicateEntry {
    __typename
    ... on Actor { slug name }
    ... on Source { slug title }
    ... on Topic { slug name }
    ... on WeaponSystem { slug name }
    ... on Doctrine { slug name }
    ... on Development { slug headline }
  }
`);

/** The latest merges. */
export const MERGES = graphql(
  `
    query Merges {
      merges(first: 50) {
        key
        kind
        editor
        reason
        recordedAt
        count
        undoneAt
        undoneBy
        from { ...MergedNames }
        into { ...MergedNames }
      }
    }
  `,
  [NAMES],
);

export type Merge = NonNullable<ResultOf<typeof MERGES>['merges']>[number];
