import type { Client } from '@urql/core';
import { graphql } from '../../wire/graphql.js';
import { countryName, plain } from '../../wire/words.js';
import type { FoundReference, ReferenceKind } from '../references/kinds.js';

const FIND = graphql(`
  query FindReferences(
    $search: String!
    $actor: Boolean!
    $source: Boolean!
    $topic: Boolean!
    $treaty: Boolean!
    $weaponSystem: Boolean!
    $doctrine: Boolean!
  ) {
    actors(search: $search, first: 8) @include(if: $actor) { nodes { slug name kind countryCode } }
    sources(search: $search, first: 8) @include(if: $source) { nodes { slug title publisher reliability } }
    topics(search: $search, first: 8) @include(if: $topic) { nodes { slug name } }
    treaties(search: $search, first: 8) @include(if: $treaty) { nodes { slug name abbreviation } }
    weaponSystems(search: $search, first: 8) @include(if: $weaponSystem) { nodes { slug name classes } }
    doctrines(search: $search, first: 8) @include(if: $doctrine) { nodes { slug name actor { name } } }
  }
`);

/** Finds references whose names have words that begin with the words of a text. */
export async function findReferences(
  client: Client,
  kind: ReferenceKind,
  search: string,
): Promise<readonly FoundReference[]> {
  const none = {
    ...{ actor: false, source: false, topic: false },
    ...{ treaty: false, weaponSystem: false, doctrine: false },
  };
  const { data } = await client.query(FIND, { search, ...none, [kind]: true }).toPromise();
  return [
    ...(data?.actors?.nodes ?? []).map(({ slug, name, kind: of, countryCode }) => {
      const country = countryCode && of !== 'STATE' ? `, ${countryName(countryCode)}` : '';
      return { slug, name, note: `${plain(of)}${country}` };
    }),
    ...(data?.sources?.nodes ?? []).map(({ slug, title, publisher, reliability }) => ({
      ...{ slug, name: title, note: [publisher, `grade ${reliability}`].filter(Boolean).join(', ') },
      ...{ publisher: publisher ?? '', reliability },
    })),
    ...(data?.topics?.nodes ?? []).map(({ slug, name }) => ({ slug, name, note: '' })),
    ...(data?.treaties?.nodes ?? []).map(({ slug, name, abbreviation }) => ({
      ...{ slug, name, note: abbreviation ?? '' },
    })),
    ...(data?.weaponSystems?.nodes ?? []).map(({ slug, name, classes }) => ({
      ...{ slug, name, note: classes.map(plain).join(', ') },
    })),
    ...(data?.doctrines?.nodes ?? []).map(({ slug, name, actor }) => ({
      slug,
      name,
      note: actor?.name ?? '',
    })),
  ];
}
