import { linkDevelopments, unlinkDevelopments } from '../../../domain/development/write/links.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import { changeFields, type InputFields } from '../../inputs/development.js';
import { loadView } from '../../loaders.js';
import { LinkRef } from '../../types/development/link.js';
import { LinkRelationEnum } from '../../types/enums/development.js';
import { addChangeMutation, type SuccessFields } from '../define-mutation.js';

const linkFields = (t: InputFields) => ({
  ...changeFields(t),
  to: t.string({ required: true, description: 'The slug of the other development.' }),
  relation: t.field({
    type: LinkRelationEnum,
    required: true,
    description: 'The relation of the development `slug` to the other one.',
  }),
});

const madeLink = (t: SuccessFields) => ({
  link: t.field({
    type: LinkRef,
    nullable: true,
    description:
      'The added link. Null if the mutation is repeated with its idempotency key after another change has removed it.',
    resolve: async ({ written, view: from }, _args, context) => {
      const link = from.content.links.find(({ relation, toId }) => `${relation}:${toId}` === written.made);
      const to = link && (await loadView(context, { id: link.toId, at: from.at }));
      return link && to ? { link, from, to } : null;
    },
  }),
});

addChangeMutation('linkDevelopments', {
  description:
    'Adds a link to another development. Links with ANNOUNCES, IMPLEMENTS, SUPERSEDES and PART_OF must not form cycles.',
  input: builder.inputType('LinkDevelopmentsInput', {
    description: 'A link to add, from the development `slug` to another.',
    fields: (t) => ({
      ...linkFields(t),
      note: t.string({ description: 'A remark about the link. At most 1,000 characters.' }),
      citation: t.id({
        description: 'The `key` of a citation of the development `slug` that supports the link.',
      }),
    }),
  }),
  success: 'The link is added.',
  made: madeLink,
  errors: ERRORS.link,
  write: linkDevelopments,
});

addChangeMutation('unlinkDevelopments', {
  description: 'Removes a link to another development. Earlier revisions keep it.',
  input: builder.inputType('UnlinkDevelopmentsInput', {
    description: 'A link to remove, from the development `slug` to another.',
    fields: linkFields,
  }),
  success: 'The link is removed.',
  errors: ERRORS.change,
  write: unlinkDevelopments,
});
