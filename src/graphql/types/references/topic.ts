import { nameIn } from '../../../domain/references/name-in-language.js';
import { builder } from '../../builder.js';
import { namesOf } from '../../related-loaders.js';
import { AlternativeNameRef } from './alternative-name.js';
import { addReferenceQueries, NAME_LANGUAGE, REFERENCE_NODE } from './reference-queries.js';

export const TopicRef = builder.prismaNode('Topic', {
  name: 'Topic',
  description: 'A subject that developments are grouped under.',
  ...REFERENCE_NODE,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.string({
      description: 'The usual name, or with `language` the preferred name in that language.',
      args: { language: t.arg.string({ description: NAME_LANGUAGE }) },
      resolve: async (row, { language }, context) =>
        language ? nameIn(language, row.name, await namesOf(context, 'topic', row)) : row.name,
    }),
    description: t.exposeString('description', { nullable: true }),
    wikidataId: t.exposeString('wikidataId', { nullable: true }),
    names: t.field({
      type: [AlternativeNameRef],
      description: 'Alternative names and names in other languages, in order of preference. At most 100.',
      resolve: (row, _args, context) => namesOf(context, 'topic', row),
    }),
  }),
});

addReferenceQueries({
  ref: TopicRef,
  rows: ({ topic }) => topic,
  one: 'topic',
  all: 'topics',
  noun: ['topic', 'topics'],
  example: 'intermediate-range-missiles',
  names: 'the usual name and all others',
});
