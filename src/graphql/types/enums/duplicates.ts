import type {
  DuplicateDoubtType,
  DuplicateReasonType,
  Strength,
} from '../../../domain/duplicates/comparison.js';
import { DuplicateKind, DuplicateVerdict } from '../../../generated/prisma/enums.js';
import { builder } from '../../builder.js';
import { describeEnum } from './describe-enum.js';

export const DuplicateKindEnum = describeEnum(
  'DuplicateKind',
  'The type of entries that can be duplicates.',
  DuplicateKind,
  {
    ACTOR: 'Actors. Only actors of one kind are compared.',
    SOURCE: 'Sources.',
    TOPIC: 'Topics.',
    TREATY: 'Treaties.',
    WEAPON_SYSTEM: 'Weapon systems.',
    DOCTRINE: 'Doctrines.',
    DEVELOPMENT: 'Developments, drafts included. Only developments of one kind are compared.',
  },
);

export const DuplicateVerdictEnum = describeEnum(
  'DuplicateVerdict',
  'The verdict of an editor on two entries.',
  DuplicateVerdict,
  {
    SAME: 'They are one thing. The pair is suggested until the entries are merged.',
    NOT_SAME:
      'They are two things. The pair is not suggested again, unless a compared field of one of them changes.',
  },
);

/** Defines an enum from the descriptions of its values. */
function enumOf<Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
) {
  const entries = Object.entries<string>(values).map(([value, text]) => [
    value,
    { value: value as Value, description: text },
  ]);
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(entries) as Record<string, { value: Value; description: string }>,
  });
}

export const StrengthEnum = enumOf<Strength>('DuplicateStrength', 'How strongly two entries are alike.', {
  LOW: 'Worth a look: a `score` below 0.65.',
  MEDIUM: 'Probably: a `score` from 0.65.',
  HIGH: 'Almost certainly: a `score` from 0.85.',
});

export const DuplicateReasonEnum = enumOf<DuplicateReasonType>(
  'DuplicateReasonType',
  'Why two entries may be one thing.',
  {
    WIKIDATA_ITEM: 'Both have the same Wikidata item.',
    ISO_CODE: 'Both are states with the same ISO code.',
    SAME_ADDRESS: 'Both have the same address, apart from its protocol, `www.` and tracking parameters.',
    SAME_NAME: 'Names that differ in case, accents, apostrophes and blanks only, or not at all.',
    TRANSLITERATION: 'Names that are the same in Latin letters, or spellings of the same sounds.',
    WORD_ORDER: 'The same words in another order.',
    INITIALS: 'Initials of one stand for names of the other.',
    SPELLING: 'One or two letters differ.',
    MORE_WORDS: 'One name has all words of the other, and more.',
    ACRONYM: 'One name consists of the initials of the other.',
    SHARED_PARTICIPATIONS: 'Both take part in developments with the same other actors.',
    SHARED_ACTORS: 'Both developments have the same actors, on the same days.',
    SAME_HEADLINE: 'Both have the same headline.',
    NEAR_HEADLINE: 'Most words of the headlines are the same.',
    SAME_QUOTATION: 'Both quote the same words, in the original or in translation.',
    SAME_SOURCE: 'Both cite a source that few developments cite.',
    SAME_EXCERPT: 'Both cite the same excerpt.',
  },
);

export const DuplicateDoubtEnum = enumOf<DuplicateDoubtType>(
  'DuplicateDoubtType',
  'Why two entries that are alike may be two things all the same.',
  {
    DIFFERENT_COUNTRY: 'They have different countries.',
    TOGETHER: 'Both take part in the same development.',
    SEVERAL: 'The name matches several entries: choose one of them, if any.',
  },
);
