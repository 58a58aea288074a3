import { builder } from '../builder.js';
import { parseNodeId } from '../node-id.js';
import { addReferenceQueries } from '../queries/references.js';
import { loadNames } from '../related-loaders.js';
import { ActorKindEnum } from './enums.js';

const ActorNameRef = builder.prismaObject('ActorName', {
  name: 'ActorName',
  description: 'A name of an actor beside the usual one.',
  fields: (t) => ({
    name: t.exposeString('name'),
    language: t.exposeString('language'),
  }),
});

export const ActorRef = builder.prismaNode('Actor', {
  name: 'Actor',
  description: 'Somebody who acts or speaks: a person, state, organisation, alliance or outlet.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    kind: t.expose('kind', { type: ActorKindEnum }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    countryCode: t.exposeString('countryCode', { nullable: true }),
    countryCode3: t.exposeString('countryCode3', { nullable: true }),
    wikidataId: t.exposeString('wikidataId', { nullable: true }),
    names: t.field({
      type: [ActorNameRef],
      description: 'Other names and names in other languages.',
      resolve: ({ id }, _args, context) => loadNames(context, id),
    }),
  }),
});

addReferenceQueries({
  ref: ActorRef,
  rows: ({ actor }) => actor,
  one: 'actor',
  all: 'actors',
  noun: ['actor', 'actors'],
  example: 'sergei-ryabkov',
});
