import { builder } from '../../builder.js';
import { namesOf } from '../../related-loaders.js';
import { SourceReliabilityEnum } from '../enums/evidence.js';
import { FuzzyDateRef, fuzzyDateOrNull } from '../fuzzy-date.js';
import { AlternativeNameRef } from './alternative-name.js';
import { addReferenceQueries, REFERENCE_NODE } from './reference-queries.js';

export const SourceRef = builder.prismaNode('Source', {
  name: 'Source',
  description: 'A document, broadcast or web page that developments cite.',
  ...REFERENCE_NODE,
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
      description: 'The date of publication. Null if the source has no date.',
      resolve: (it) =>
        fuzzyDateOrNull(it.publishedEdtf, it.publishedEarliest, it.publishedLatest, it.publishedPrecision),
    }),
    retrievedAt: t.expose('retrievedAt', { type: 'DateTime', nullable: true }),
    wikidataId: t.exposeString('wikidataId', { nullable: true }),
    names: t.field({
      type: [AlternativeNameRef],
      description: 'Alternative titles and titles in other languages, in order of preference. At most 100.',
      resolve: (row, _args, context) => namesOf(context, 'source', row),
    }),
  }),
});

addReferenceQueries({
  ref: SourceRef,
  rows: ({ source }) => source,
  one: 'source',
  all: 'sources',
  noun: ['source', 'sources'],
  example: 'putin-address-2019-02-20',
  names: 'the title, all other titles and the publisher',
});
