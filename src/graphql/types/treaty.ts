import { builder } from '../builder.js';
import { loadReferences } from '../loaders.js';
import { parseNodeId } from '../node-id.js';
import { addReferenceQueries } from '../queries/references.js';
import { loadParties, loadStates } from '../related-loaders.js';
import { ActorRef } from './actor.js';
import { TreatyStateEnum } from './enums.js';
import { FuzzyDateRef, fuzzyDateOf } from './fuzzy-date.js';

const TreatyStatusRef = builder.prismaObject('TreatyStatus', {
  name: 'TreatyStatus',
  description: "The treaty's standing from a date on.",
  fields: (t) => ({
    state: t.expose('state', { type: TreatyStateEnum }),
    since: t.field({
      type: FuzzyDateRef,
      description: 'From when.',
      resolve: (it) => fuzzyDateOf(it.sinceEdtf, it.sinceEarliest, it.sinceLatest, it.sincePrecision),
    }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

export const TreatyRef = builder.prismaNode('Treaty', {
  name: 'Treaty',
  description: 'An agreement between states.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    abbreviation: t.exposeString('abbreviation', { nullable: true }),
    summary: t.exposeString('summary', { nullable: true }),
    parties: t.field({
      type: [ActorRef],
      description: "Its parties, in the editors' order; at most 300.",
      resolve: async ({ id }, _args, context) =>
        loadReferences(
          context,
          'actor',
          (await loadParties(context, id)).map(({ actorId }) => actorId),
        ),
    }),
    states: t.field({
      type: [TreatyStatusRef],
      description: "The treaty's standing over time, oldest first.",
      resolve: ({ id }, _args, context) => loadStates(context, id),
    }),
  }),
});

addReferenceQueries({
  ref: TreatyRef,
  rows: ({ treaty }) => treaty,
  one: 'treaty',
  all: 'treaties',
  noun: ['treaty', 'treaties'],
  example: 'inf',
});
