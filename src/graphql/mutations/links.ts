import { linkDevelopments, unlinkDevelopments } from '../../domain/development/write/links.js';
import { builder } from '../builder.js';
import { ERRORS } from '../errors.js';
import { changeFields, type InputFields } from '../inputs/development.js';
import { LinkRelationEnum } from '../types/enums/development.js';
import { addChangeMutation } from './define-mutation.js';

const linkFields = (t: InputFields) => ({
  ...changeFields(t),
  to: t.string({ required: true, description: 'The slug of the other development.' }),
  relation: t.field({
    type: LinkRelationEnum,
    required: true,
    description: 'The relation of the development `slug` to the other one.',
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
