import { builder } from '../builder.js';
import { parseNodeId } from '../node-id.js';
import { addReferenceQueries } from '../queries/references.js';

export const TopicRef = builder.prismaNode('Topic', {
  name: 'Topic',
  description: 'A subject that developments are filed under.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
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
});
