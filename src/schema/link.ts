import { visibleTo } from '../domain/access.js';
import { builder } from './builder.js';
import { LinkRelationEnum } from './enums.js';

export const LinkDirectionEnum = builder.enumType('LinkDirection', {
  description: 'From which end a link is looked at.',
  values: {
    OUT: { description: 'From this development to another.' },
    IN: { description: 'From another development to this one.' },
  },
});

export const LinkRef = builder.prismaObject('Link', {
  name: 'DevelopmentLink',
  description: 'That one development bears on another: "`from` RESPONDS_TO `to`".',
  fields: (t) => ({
    relation: t.expose('relation', { type: LinkRelationEnum }),
    note: t.exposeString('note', { nullable: true }),
    from: t.relation('from', { description: 'The development that announces, implements, responds, ….' }),
    to: t.relation('to', { description: 'The development that it bears on.' }),
  }),
});

/** Links to developments that the viewer may see. */
export const linkedVisibly = { from: visibleTo, to: visibleTo };
