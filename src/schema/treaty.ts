import { parseSlug } from '../domain/references.js';
import { ActorRef } from './actor.js';
import { builder } from './builder.js';
import { BY_SLUG, connectionTypes, nodeQuery } from './connection.js';
import { TreatyStateEnum } from './enums.js';
import { FuzzyDateRef } from './fuzzy-date.js';
import { parseNodeId } from './node-id.js';
import { createPage } from './page.js';

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
      select: (_args, _context, nested) => ({
        parties: { orderBy: [{ rank: 'asc' as const }], select: { actor: nested(true) } },
      }),
      resolve: ({ parties }) => parties.map(({ actor }) => actor),
    }),
    states: t.relation('states', {
      description: "The treaty's standing over time, oldest first.",
      query: { orderBy: [{ sinceEarliest: 'asc' }, { state: 'asc' }, { sinceEdtf: 'asc' }] },
    }),
  }),
});

builder.prismaObject('TreatyStatus', {
  name: 'TreatyStatus',
  description: "The treaty's standing from a date on.",
  fields: (t) => ({
    state: t.expose('state', { type: TreatyStateEnum }),
    since: t.field({
      type: FuzzyDateRef,
      description: 'From when.',
      resolve: (it) => ({
        edtf: it.sinceEdtf,
        earliest: it.sinceEarliest,
        latest: it.sinceLatest,
        precision: it.sincePrecision,
      }),
    }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

builder.queryFields((t) => ({
  treaty: t.prismaField({
    type: TreatyRef,
    nullable: true,
    description: 'The treaty with this slug; null where there is none.',
    args: { slug: t.arg.string({ required: true, description: 'E.g. `inf`.' }) },
    resolve: (query, _root, { slug }, { db }) =>
      db.treaty.findUnique({ ...query, where: { slug: parseSlug(slug) } }),
  }),
  treaties: t.connection(
    {
      type: TreatyRef,
      description: 'All treaties, by slug.',
      resolve: (_root, args, context, info) =>
        createPage({
          args,
          order: BY_SLUG,
          find: (page) => context.db.treaty.findMany({ ...nodeQuery(context, info), ...page }),
          count: () => context.db.treaty.count(),
        }),
    },
    ...connectionTypes('Treaty', 'treaties'),
  ),
}));
