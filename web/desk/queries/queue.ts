import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

/** The drafts in a state, and how many each state has. */
export const QUEUE = graphql(`
  query Queue($state: [ReviewState!], $assignee: String, $after: Cursor, $orderBy: DraftOrder) {
    draftCounts(assignee: $assignee) { state count }
    drafts(state: $state, assignee: $assignee, first: 50, after: $after, orderBy: $orderBy) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        slug
        kind
        headline
        revision
        occurred { text }
        review { state author assignee changedAt publishAt }
        presence { editor }
        notes(open: true) { key }
      }
    }
  }
`);

type Drafts = NonNullable<ResultOf<typeof QUEUE>['drafts']>;
export type Draft = Drafts['nodes'][number];
