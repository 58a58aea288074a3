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
  'What to erase: a development, a part of it, or a reference.',
  ErasureTarget,
  {
    DEVELOPMENT:
      'The whole development: its texts, references and evidence. Its id, kind, date, grades and external ids stay, so that links lead to a tombstone and an import does not bring it back.',
    QUOTATION:
      'The words quoted in a statement: the quotation, its translation, the excerpts of citations, claims on the words, and notes of claims and links. The other fields stay in the newest revision; revise the headline and the summary first if they have the words.',
    ACTOR:
      'An actor, with those merged into it: its names, description, codes and Wikidata item, and its offices and the claims on them in developments. Its id and kind stay, so that developments go on referring to it. Words of developments stay: erase or revise these first if they have the name.',
    SOURCE:
      'A source, with those merged into it: its title, publisher, address, language and dates. Its id and grade stay, so that citations do. Excerpts stay: erase the quotation or the development if they have the words.',
    TOPIC: 'A topic, with those merged into it: its name and description. Its id stays.',
    TREATY: 'A treaty: its names, summary, parties and states. Its id stays.',
    WEAPON_SYSTEM:
      'A weapon system, with those merged into it: its names, summary, classes, platforms and range. Its id stays.',
    DOCTRINE: 'A doctrine, with those merged into it: its name, summary and actor. Its id stays.',
  },
);
