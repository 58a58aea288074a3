import { graphql } from '../../wire/graphql.js';
import { DATE } from '../../wire/queries/card.js';

export const READ_DATE = graphql(
  `
    query ReadDate($edtf: String!, $language: String!) {
      readDate(edtf: $edtf) {
        __typename
        ... on FuzzyDate { ...Day }
        ... on InvalidInputError { message }
      }
    }
  `,
  [DATE],
);
