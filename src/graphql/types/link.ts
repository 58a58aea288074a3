import type { LinkContent } from '../../domain/development/content.js';
import type { DevelopmentView } from '../../domain/development/view.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { loadLinking, loadView } from '../loaders.js';
import { showDevelopments } from './budget.js';
import { DevelopmentRef } from './development-ref.js';
import { LinkRelationEnum } from './enums.js';
import { CitationRef } from './evidence.js';

export const LinkDirectionEnum = builder.enumType('LinkDirection', {
  description: 'From which end a link is looked at.',
  values: {
    OUT: { description: 'From this development to another.' },
    IN: { description: 'From another development to this one.' },
  },
});

/** A link with both its ends. */
export interface LinkView {
  readonly link: LinkContent;
  readonly from: DevelopmentView;
  readonly to: DevelopmentView;
}

export const LinkRef = builder.objectRef<LinkView>('DevelopmentLink').implement({
  description: 'That one development bears on another: "`from` RESPONDS_TO `to`".',
  fields: (t) => ({
    relation: t.field({
      type: LinkRelationEnum,
      description: 'How the first bears on the second.',
      resolve: ({ link }) => link.relation,
    }),
    note: t.string({
      nullable: true,
      description: 'What there is to say about the link.',
      resolve: ({ link }) => link.note,
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where a source says so: a citation of `from`.',
      resolve: ({ link, from }) => {
        const part = from.content.citations.find(({ id }) => id === link.citationId);
        return part ? { part, view: from } : null;
      },
    }),
    from: t.field({
      type: DevelopmentRef,
      description: 'The development that announces, implements, responds, ….',
      resolve: ({ from }) => from,
    }),
    to: t.field({
      type: DevelopmentRef,
      description: 'The development that it bears on.',
      resolve: ({ to }) => to,
    }),
  }),
});

/** The links that go out, in the editors' order, to developments that the viewer may see. */
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

/** The links that come in from developments that the viewer may see, in the order of their ids. */
export async function linksIn(context: Context, to: DevelopmentView): Promise<LinkView[]> {
  const linking = await loadLinking(context, { id: to.id, at: to.at });
  const links = linking.flatMap((from) =>
    from.content.links.filter(({ toId }) => toId === to.id).map((link) => ({ link, from, to })),
  );
  showDevelopments(context, 2 * links.length);
  return links;
}
