import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

const ENTRY = graphql(`
  fragment DuplicateEntryFields on DuplicateEntry {
    __typename
    ... on Actor { slug name actorKind: kind countryCode wikidataId description names { name language } }
    ... on Source { slug title publisher url reliability wikidataId published { text } names { name language } }
    ... on Topic { slug name description wikidataId names { name language } }
    ... on Treaty { slug name abbreviation summary }
    ... on WeaponSystem { slug name classes summary aliases { name } }
    ... on Doctrine { slug name summary actor { name } }
    ... on Development { slug headline abstract: summary status occurred { text } participants { role actor { name } } }
  }
`);

export const SUGGESTIONS = graphql(
  `
    query Suggestions($kind: DuplicateKind!, $after: String) {
      duplicateSuggestions(kind: $kind, first: 20, after: $after) {
        endCursor
        hasNextPage
        suggestions {
          score
          strength
          reasons { text one other }
          doubts { text }
          judgement { verdict editor reason recordedAt }
          one { ...DuplicateEntryFields }
          other { ...DuplicateEntryFields }
        }
      }
    }
  `,
  [ENTRY],
);

type Page = NonNullable<ResultOf<typeof SUGGESTIONS>['duplicateSuggestions']>;
export type Suggestion = Page['suggestions'][number];
export type Entry = Suggestion['one'];
