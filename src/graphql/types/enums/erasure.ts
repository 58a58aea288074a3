import { ErasureGround, ErasureTarget } from '../../../generated/prisma/enums.js';
import { describeEnum } from './describe-enum.js';

export const ErasureGroundEnum = describeEnum('ErasureGround', 'The ground of an erasure.', ErasureGround, {
  PERSONAL_DATA: 'A person asked for it, or data protection law requires it.',
  COURT_ORDER: 'A court ordered it.',
  LAW: 'Another law requires it.',
  SAFETY: 'It puts somebody in danger.',
  LICENCE: 'The record may not publish it.',
});

export const ErasureTargetEnum = describeEnum(
  'ErasureTarget',
  'The part of a development to erase.',
  ErasureTarget,
  {
    DEVELOPMENT:
      'The whole development: its texts, references and evidence. Its id, kind, date, grades and external ids stay, so that links lead to a tombstone and an import does not bring it back.',
    QUOTATION:
      'The words quoted in a statement: the quotation, its translation, the excerpts of citations, claims on the words, and notes of claims and links. The other fields stay in the newest revision; revise the headline and the summary first if they have the words.',
  },
);
