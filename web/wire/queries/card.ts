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
    text(language: $language)
  }
`);

/** What a development is, wherever it is shown. */
export const CORE = graphql(
  `
    fragment Core on Development {
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

/** What a list shows of a development. */
export const CARD = graphql(
  `
    fragment Card on Development {
      ...Core
      disputes { field values { text isPreferred } }
      citations { key stance credibility source { id slug title publisher reliability } }
    }
  `,
  [CORE],
);

export type Card = FragmentOf<typeof CARD>;
export type FuzzyDate = FragmentOf<typeof DATE>;
