import { canEdit } from '../../../domain/access.js';
import { type EditorPresence, readPresences } from '../../../domain/desk/presence.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { LOADED, priced } from '../../cost.js';

export const loadPresences = batched(1_000, async ({ db }, developmentIds: readonly string[]) => {
  const presences = await readPresences(db, developmentIds);
  return developmentIds.map((id) => presences.filter(({ developmentId }) => developmentId === id));
});

export const PresenceRef = builder.objectRef<EditorPresence>('Presence').implement({
  description: 'An editor who has a development open for editing.',
  fields: (t) => ({
    editor: t.exposeString('editor', { description: 'The editor: the name of the token.' }),
    since: t.expose('since', { type: 'DateTime', description: 'When the editor began.' }),
  }),
});

builder.interfaceField('Development', 'presence', (t) =>
  t.field({
    ...priced(LOADED),
    type: [PresenceRef],
    nullable: true,
    description:
      'The editors who are editing it now, in the order in which they began. Null for readers. Set by `setPresence`.',
    resolve: ({ id }, _args, context) => (canEdit(context.viewer) ? loadPresences(context, id) : null),
  }),
);
