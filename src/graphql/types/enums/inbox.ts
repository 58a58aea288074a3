import { InboxAct, InboxState } from '../../../generated/prisma/enums.js';
import { builder } from '../../builder.js';
import { describeEnum } from './describe-enum.js';

export const InboxStateEnum = describeEnum(
  'InboxState',
  'The state of an article in the inbox.',
  InboxState,
  {
    UNREAD: 'Nobody has decided about it, or it was snoozed until a time that has passed.',
    SNOOZED: 'It is put off until `InboxItem.snoozedUntil`.',
    DRAFTED: 'At least one of its suggestions became a draft or a citation.',
    DISMISSED: 'An editor dismissed it.',
  },
);

export const InboxActEnum = describeEnum('InboxAct', 'What an editor made of a suggestion.', InboxAct, {
  DRAFTED: 'It became a development.',
  CITED: 'It was added to a development of the record, or to a proposal to change it.',
  DISMISSED: 'It was dismissed, and is not offered again.',
});

export const SuggestionKindEnum = builder.enumType('SuggestionKind', {
  description: 'The kind of a suggestion.',
  values: {
    STATEMENT: { description: 'Words of somebody, quoted or reported.' },
    EVENT: { description: 'Something that happened.' },
    DOCTRINE_CHANGE: { description: 'A change of a doctrine or policy.' },
    NAME: { description: 'A name of the record, or a proposed actor.' },
    DATE: { description: 'A date.' },
    LINK: { description: 'A relation between two suggestions.' },
  } as const,
});

export const SuggestionGradeEnum = builder.enumType('SuggestionGrade', {
  description: 'How sure a rule is of its suggestion.',
  values: {
    A: { description: 'It has everything that the rule asks for.' },
    B: { description: 'It lacks certainty in one part.' },
    C: { description: 'It rests on a pattern.' },
    D: { description: 'It is a guess.' },
  } as const,
});
