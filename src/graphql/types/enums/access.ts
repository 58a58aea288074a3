import { Role } from '../../../generated/prisma/enums.js';
import { describeEnum } from './describe-enum.js';

export const RoleEnum = describeEnum('Role', 'The role of a token.', Role, {
  READER: 'Reads what is published.',
  CONTRIBUTOR: 'Reads what is published, and proposes changes.',
  EDITOR: 'Reads drafts too, and writes.',
  ADMIN: 'Does all that an editor does.',
});
