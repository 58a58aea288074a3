import { builder } from '../../builder.js';
import { addReferenceQueries, REFERENCE_NODE } from './reference-queries.js';

export const TopicRef = builder.prismaNode('Topic', {
  name: 'Topic',
  description: 'A subject that developments are grouped under.',
  ...REFERENCE_NODE,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
  }),
});

addReferenceQueries({
  ref: TopicRef,
  rows: ({ topic }) => topic,
  one: 'topic',
  all: 'topics',
  noun: ['topic', 'topics'],
  example: 'intermediate-range-missiles',
  names: 'the name',
});
