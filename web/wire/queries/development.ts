import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql.js';
import { CORE, DATE } from './card.js';

/** Everything on the page of a development. */
export const DEVELOPMENT = graphql(
  `
    query Development($slug: String!, $asOf: AsOf, $language: String!) {
      feedHead
      chain(slug: $slug, asOf: $asOf, depth: 3) {
        isComplete
        nodes { id slug headline occurred { ...Day } }
        edges { relation from { id slug headline } to { id slug headline } }
      }
      development(slug: $slug, asOf: $asOf) {
        ...Core
        url
        confidenceReason
        publishedAt
        changedAt
        participants { role capacity actor { id slug name kind } }
        topics { id slug name }
        treaties { id slug name }
        weaponSystems { id slug name }
        doctrines { id slug name }
        retraction { reason recordedAt editor successor { id slug headline } }
        disputes {
          field
          values {
            text
            isPreferred
            claims { key rank note citation { key excerpt language locator credibility stance source { id slug title publisher reliability url } } }
          }
        }
        citations { key stance credibility excerpt language locator source { id slug title publisher reliability url language published { ...Day } } }
        links { relation note from { id slug headline occurred { ...Day } } to { id slug headline occurred { ...Day } } }
        revisions(last: 20) { totalCount nodes { number status editor reason publishedAt recordedAt changedFields changes { field before after } } }
        previous { id slug headline occurred { ...Day } }
        next { id slug headline occurred { ...Day } }
        related(first: 4) { id slug headline occurred { ...Day } }
        ... on Event { quantities { name unit low best high } }
        ... on Statement { setting translator originalScript attribution }
        ... on DoctrineChange { before after effective { ...Day } approvedBy { id slug name } }
      }
    }
  `,
  [CORE, DATE],
);

export type DevelopmentData = ResultOf<typeof DEVELOPMENT>;
export type ChainData = NonNullable<DevelopmentData['chain']>;
export type Detail = NonNullable<DevelopmentData['development']>;
