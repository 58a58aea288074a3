import { graphql } from '../../wire/graphql.js';
import { CARD } from '../../wire/queries/card.js';

/** A development at the desk, with its history. */
export const REVIEWED = graphql(
  `
    query Reviewed($slug: String!, $language: String!) {
      development(slug: $slug) {
        ...Card
        revisions(first: 20) {
          nodes { number status editor reason recordedAt changes { field before after } }
        }
      }
    }
  `,
  [CARD],
);
