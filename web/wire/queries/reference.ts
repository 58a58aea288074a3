import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql.js';
import { DATE } from './card.js';

/** What the page of a reference says about it. The flags select its kind. */
export const REFERENCE = graphql(
  `
    query Reference(
      $slug: String!
      $asOf: AsOf
      $language: String!
      $actor: Boolean!
      $treaty: Boolean!
      $weaponSystem: Boolean!
      $doctrine: Boolean!
      $topic: Boolean!
      $source: Boolean!
    ) {
      actor(slug: $slug, asOf: $asOf) @include(if: $actor) {
        id
        slug
        name
        actorKind: kind
        description
        countryCode
        wikidataId
        names { name language }
      }
      treaty(slug: $slug, asOf: $asOf) @include(if: $treaty) {
        id
        slug
        name
        abbreviation
        description: summary
        parties { id slug name }
        states { state note since { ...Day } }
      }
      weaponSystem(slug: $slug, asOf: $asOf) @include(if: $weaponSystem) {
        id
        slug
        name
        description: summary
        classes
        delivery
        rangeMinKm
        rangeMaxKm
        names: aliases { name language }
      }
      doctrine(slug: $slug, asOf: $asOf) @include(if: $doctrine) {
        id
        slug
        name
        description: summary
        actor { id slug name }
      }
      topic(slug: $slug, asOf: $asOf) @include(if: $topic) {
        id
        slug
        name
        description
        wikidataId
        names { name language }
      }
      source(slug: $slug, asOf: $asOf) @include(if: $source) {
        id
        slug
        name: title
        publisher
        url
        language
        reliability
        published { ...Day }
        wikidataId
        names { name language }
        agreement { preferred normal deprecated }
      }
    }
  `,
  [DATE],
);

export type ReferenceData = ResultOf<typeof REFERENCE>;
