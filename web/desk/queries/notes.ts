import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

export const NOTES = graphql(`
  query DeskNotes($slug: String!) {
    development(slug: $slug) {
      presence { editor since }
      notes { key author recordedAt text field replyTo resolvedAt resolvedBy }
    }
  }
`);

type Noted = NonNullable<ResultOf<typeof NOTES>['development']>;
export type DeskNote = NonNullable<Noted['notes']>[number];
