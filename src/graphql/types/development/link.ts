import type { LinkContent } from '../../../domain/development/content/content.js';
import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { loadLinking, loadView } from '../../loaders.js';
import { showDevelopments } from '../budget.js';
import { LinkRelationEnum } from '../enums/development.js';
import { CitationRef } from './evidence.js';

export const LinkDirectionEnum = builder.enumType('LinkDirection', {
  description: 'The direction of a link, relative to a development.',
  values: {
    OUT: { description: 'From the development to another one.' },
    IN: { description: 'From another development to this one.' },
  },
});

/** A link and the developments at both ends. */
export interface LinkView {
  readonly link: LinkContent;
  readonly from: DevelopmentView;
  readonly to: DevelopmentView;
}

export const LinkRef = builder.objectRef<LinkView>('DevelopmentLink').implement({
  description: 'A link between two developments, e.g. "`from` RESPONDS_TO `to`".',
  fields: (t) => ({
    relation: t.field({
      type: LinkRelationEnum,
      description: 'The relation of `from` to `to`.',
      resolve: ({ link }) => link.relation,
    }),
    note: t.string({
      nullable: true,
      description: 'A remark about the link. Null if there is none.',
      resolve: ({ link }) => link.note,
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'A citation of `from` that supports the link. Null if none is recorded.',
      resolve: ({ link, from }) => {
        const part = from.content.citations.find(({ id }) => id === link.citationId);
        return part ? { part, view: from } : null;
      },
    }),
    from: t.field({
      type: 'Development',
      description: 'The development that announces, implements, responds to or otherwise relates to `to`.',
      resolve: ({ from }) => from,
    }),
    to: t.field({
      type: 'Development',
      description: 'The development that `from` relates to.',
      resolve: ({ to }) => to,
    }),
  }),
});

/** Returns outgoing links to developments that the viewer may see, in the order set by the editors. */
export async function linksOut(context: Context, from: DevelopmentView): Promise<LinkView[]> {
  const ends = await Promise.all(
    from.content.links.map(({ toId }) => loadView(context, { id: toId, at: from.at })),
  );
  const links = from.content.links.flatMap((link, index) => {
    const to = ends[index];
    return to ? [{ link, from, to }] : [];
  });
  showDevelopments(context, 2 * links.length);
  return links;
}

/** Returns incoming links from developments that the viewer may see, ordered by their ids. */
export async function linksIn(context: Context, to: DevelopmentView): Promise<LinkView[]> {
  const linking = await loadLinking(context, { id: to.id, at: to.at });
  const links = linking.flatMap((from) =>
    from.content.links.filter(({ toId }) => toId === to.id).map((link) => ({ link, from, to })),
  );
  showDevelopments(context, 2 * links.length);
  return links;
}
