import { positionOf } from '../../../domain/references/history/row.js';
import { builder } from '../../builder.js';
import { loadReferences } from '../../loaders.js';
import { partyIdsOf, statesOf, type TreatyStateRow } from '../../related-loaders.js';
import { TreatyStateEnum } from '../enums/references.js';
import { FuzzyDateRef } from '../fuzzy-date.js';
import { ActorRef } from './actor.js';
import { addReferenceQueries, REFERENCE_NODE } from './reference-queries.js';

const TreatyStatusRef = builder.objectRef<TreatyStateRow>('TreatyStatus').implement({
  description: 'A legal state of a treaty, and the date it began.',
  fields: (t) => ({
    state: t.expose('state', { type: TreatyStateEnum, description: 'The legal state.' }),
    since: t.expose('since', { type: FuzzyDateRef, description: 'The date on which the state began.' }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'The act or reason behind the state. Null if not recorded.',
    }),
  }),
});

export const TreatyRef = builder.prismaNode('Treaty', {
  name: 'Treaty',
  description: 'An agreement between states.',
  ...REFERENCE_NODE,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    abbreviation: t.exposeString('abbreviation', { nullable: true }),
    summary: t.exposeString('summary', { nullable: true }),
    parties: t.field({
      type: [ActorRef],
      description: 'The parties, in the order set by the editors. At most 300.',
      resolve: async (row, _args, context) =>
        loadReferences(context, 'actor', await partyIdsOf(context, row), positionOf(row)),
    }),
    states: t.field({
      type: [TreatyStatusRef],
      description: 'The legal states of the treaty over time, oldest first. At most 50.',
      resolve: (row, _args, context) => statesOf(context, row),
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
  names: 'the name and the abbreviation',
});
