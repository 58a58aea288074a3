import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

export const REVIEW = graphql(`
  query DeskReview($slug: String!) {
    development(slug: $slug) {
      slug
      revision
      status
      headline
      review {
        state
        author
        assignee
        approvedBy
        publishAt
        reviewers
        notes { field text by revision }
        history { key act by at note assignee publishAt revision notes { field text } }
      }
    }
  }
`);

export type Reviewed = NonNullable<ResultOf<typeof REVIEW>['development']>;
export type Review = NonNullable<Reviewed['review']>;
