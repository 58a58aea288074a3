import type { Client } from '@urql/core';
import { graphql } from '../../wire/graphql.js';
import { capital, plain } from '../../wire/words.js';
import type { FoundReference, ReferenceKind } from '../references/kinds.js';

const SIMILAR = graphql(`
  query Similar($kind: DuplicateKind!, $name: String!, $actorKind: ActorKind) {
    similarReferences(kind: $kind, name: $name, actorKind: $actorKind) {
      strength
      reasons { text }
      reference {
        __typename
        ... on Actor { slug name kind }
        ... on Source { slug title publisher reliability }
        ... on Topic { slug name }
        ... on Treaty { slug name }
        ... on WeaponSystem { slug name }
        ... on Doctrine { slug name }
      }
    }
  }
`);

const KINDS = {
  actor: 'ACTOR',
  source: 'SOURCE',
  topic: 'TOPIC',
  treaty: 'TREATY',
  weaponSystem: 'WEAPON_SYSTEM',
  doctrine: 'DOCTRINE',
} as const;

type ActorKind = 'PERSON' | 'STATE' | 'ORGANISATION' | 'ALLIANCE' | 'OUTLET';

/** Finds references that may be the same as one with this name, with the reasons. */
export async function findSimilar(
  client: Client,
  kind: ReferenceKind,
  name: string,
  actorKind: string,
): Promise<readonly FoundReference[]> {
  const of = kind === 'actor' ? (actorKind as ActorKind) : null;
  const { data } = await client.query(SIMILAR, { kind: KINDS[kind], name, actorKind: of }).toPromise();
  return (data?.similarReferences ?? []).flatMap(({ reference, reasons }) => {
    const note = capital(reasons.map(({ text }) => text).join('; '));
    switch (reference.__typename) {
      case 'Source': {
        const { slug, title, publisher, reliability } = reference;
        return { slug, name: title, note, publisher: publisher ?? '', reliability };
      }
      case 'Actor':
        return { slug: reference.slug, name: reference.name, note: `${plain(reference.kind)}. ${note}` };
      case 'Topic':
      case 'Treaty':
      case 'WeaponSystem':
      case 'Doctrine':
        return { slug: reference.slug, name: reference.name, note };
      default:
        return [];
    }
  });
}
