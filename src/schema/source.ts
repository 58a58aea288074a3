import { parseSlug } from '../domain/references.js';
import { builder } from './builder.js';
import { BY_SLUG, connectionTypes, nodeQuery } from './connection.js';
import { SourceReliabilityEnum } from './enums.js';
import { FuzzyDateRef, fuzzyDateOrNull } from './fuzzy-date.js';
import { parseNodeId } from './node-id.js';
import { createPage } from './page.js';

export const SourceRef = builder.prismaNode('Source', {
  name: 'Source',
  description: 'A document, broadcast or page that developments are known from.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    publisher: t.exposeString('publisher', { nullable: true }),
    title: t.exposeString('title'),
    url: t.exposeString('url', { nullable: true }),
    language: t.exposeString('language', { nullable: true }),
    reliability: t.expose('reliability', { type: SourceReliabilityEnum }),
    published: t.field({
      type: FuzzyDateRef,
      nullable: true,
      description: 'When it was published; null where it bears no date.',
      resolve: (it) =>
        fuzzyDateOrNull(it.publishedEdtf, it.publishedEarliest, it.publishedLatest, it.publishedPrecision),
    }),
    retrievedAt: t.expose('retrievedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.queryFields((t) => ({
  source: t.prismaField({
    type: SourceRef,
    nullable: true,
    description: 'The source with this slug; null where there is none.',
    args: { slug: t.arg.string({ required: true, description: 'E.g. `putin-address-2019-02-20`.' }) },
    resolve: (query, _root, { slug }, { db }) =>
      db.source.findUnique({ ...query, where: { slug: parseSlug(slug) } }),
  }),
  sources: t.connection(
    {
      type: SourceRef,
      description: 'All sources, by slug.',
      resolve: (_root, args, context, info) =>
        createPage({
          args,
          order: BY_SLUG,
          find: (page) => context.db.source.findMany({ ...nodeQuery(context, info), ...page }),
          count: () => context.db.source.count(),
        }),
    },
    ...connectionTypes('Source', 'sources'),
  ),
}));
