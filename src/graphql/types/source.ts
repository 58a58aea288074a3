import { builder } from '../builder.js';
import { parseNodeId } from '../node-id.js';
import { addReferenceQueries } from '../queries/references.js';
import { SourceReliabilityEnum } from './enums.js';
import { FuzzyDateRef, fuzzyDateOrNull } from './fuzzy-date.js';

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

addReferenceQueries({
  ref: SourceRef,
  rows: ({ source }) => source,
  one: 'source',
  all: 'sources',
  noun: ['source', 'sources'],
  example: 'putin-address-2019-02-20',
});
