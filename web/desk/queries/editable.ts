import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

/** A development with all that a form edits. */
export const EDITABLE = graphql(`
  query Editable($slug: String!) {
    development(slug: $slug) {
      __typename
      id
      slug
      revision
      kind
      status
      headline
      summary
      occurred { edtf }
      participants { role capacity actor { slug name } }
      topics { slug name }
      treaties { slug name }
      weaponSystems { slug name }
      doctrines { slug name }
      confidence
      confidenceReason
      revisions(first: 1) { nodes { editor reason recordedAt } }
      citations {
        key stance credibility locator excerpt language
        source { slug title publisher reliability }
        claims { key field rank note value }
      }
      ... on Statement { quotation originalLanguage originalScript translation translator setting attribution }
      ... on Event {
        type
        places { name countryCode latitude longitude precision }
        quantities { name unit low best high }
      }
      ... on DoctrineChange { changeType before after doctrine { slug name } effective { edtf } }
    }
  }
`);

export type Editable = NonNullable<ResultOf<typeof EDITABLE>['development']>;
