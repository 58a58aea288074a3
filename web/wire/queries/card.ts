import type { FragmentOf } from 'gql.tada';
import { graphql } from '../graphql.js';

export const DATE = graphql(`
  fragment Day on FuzzyDate {
    edtf
    earliest
    latest
    precision
    isApproximate
    isUncertain
    text
  }
`);

/** What a list shows of a development. */
export const CARD = graphql(
  `
    fragment Card on Development {
      __typename
      id
      slug
      revision
      kind
      headline
      summary
      status
      confidence
      disputed
      occurred { ...Day }
      disputes { field values { text isPreferred } }
      citations { key stance credibility source { id slug title publisher reliability } }
      ... on Event {
        type
        places { name countryCode latitude longitude precision }
      }
      ... on Statement {
        speech
        quotation
        translation
        originalLanguage
        speakers { capacity actor { id slug name } }
      }
      ... on DoctrineChange {
        changeType
        doctrine { id slug name }
      }
    }
  `,
  [DATE],
);

export type Card = FragmentOf<typeof CARD>;
export type FuzzyDate = FragmentOf<typeof DATE>;
