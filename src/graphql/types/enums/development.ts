import {
  LinkRelation,
  ParticipantRole,
  PlacePrecision,
} from '../../../domain/development/content/vocabulary.js';
import {
  ChangeType,
  Confidence,
  DatePrecision,
  DevelopmentKind,
  DevelopmentStatus,
  EventType,
} from '../../../generated/prisma/enums.js';
import { builder } from '../../builder.js';
import { describeEnum } from './describe-enum.js';

export const DevelopmentKindEnum = describeEnum(
  'DevelopmentKind',
  'The kind of a development. Each kind has its own object type.',
  DevelopmentKind,
  {
    EVENT: 'Something that happened, e.g. a treaty withdrawal, a missile test or an exercise.',
    STATEMENT: 'Something that was said: the speakers, the setting and the words.',
    DOCTRINE_CHANGE: 'A policy or doctrine was adopted, amended, suspended, abandoned or reaffirmed.',
  },
);

export const DevelopmentStatusEnum = describeEnum(
  'DevelopmentStatus',
  'The publication status of a development.',
  DevelopmentStatus,
  {
    DRAFT: 'Not published yet. Only editors can see it; it never appears in the feed.',
    PUBLISHED: 'Part of the public record.',
    RETRACTED:
      'Withdrawn after publication. It stays readable by slug and id, and lists omit it unless the filter asks for this status.',
  },
);

export const ConfidenceEnum = describeEnum(
  'Confidence',
  'The confidence that a development is accurate.',
  Confidence,
  {
    LOW: 'Plausible, but the evidence is thin, anonymous or contested.',
    MODERATE: 'Credibly sourced, but not every part is independently corroborated.',
    HIGH: 'Supported by primary documents or by several independent, reliable sources.',
  },
);

export const DatePrecisionEnum = describeEnum('DatePrecision', 'The precision of a date.', DatePrecision, {
  TIME: 'A day and a time of day.',
  DAY: 'A calendar day.',
  MONTH: 'A calendar month.',
  SEASON: 'A season or quarter of a year.',
  YEAR: 'A calendar year.',
  DECADE: 'A decade, e.g. `201X`.',
  CENTURY: 'A century, e.g. `20XX`.',
  INTERVAL: 'A range of dates. One of its ends can be open or unknown.',
  UNKNOWN: 'No date is known: `XXXX`.',
});

export const EventTypeEnum = describeEnum('EventType', 'The type of an event.', EventType, {
  TREATY_ACTION: 'A treaty was signed, ratified, suspended or left.',
  DEPLOYMENT: 'Forces or weapons were moved, stationed or withdrawn.',
  EXERCISE: 'A military exercise, with or without live weapons.',
  TEST: 'A weapon or system was tested.',
  PRODUCTION: 'Production of weapons was prepared, started, increased or ended.',
  STRIKE: 'An attack.',
  NEGOTIATION: 'Talks between parties.',
  OTHER: 'Any other type of event.',
});

export const ChangeTypeEnum = describeEnum(
  'ChangeType',
  'The type of a change to a policy or doctrine.',
  ChangeType,
  {
    ADOPTED: 'The policy was introduced.',
    AMENDED: 'Its wording or content was changed.',
    SUSPENDED: 'It was put out of force for a time.',
    ABANDONED: 'It was given up.',
    REAFFIRMED: 'It was confirmed without changes.',
  },
);

export const PlacePrecisionEnum = describeEnum(
  'PlacePrecision',
  'The precision of a place.',
  PlacePrecision,
  {
    EXACT: 'The coordinates are those of the place itself.',
    LOCALITY: 'In or near the named town or site.',
    REGION: 'Somewhere in the named region.',
    COUNTRY: 'Somewhere in the country. Coordinates, if set, represent the whole country.',
  },
);

export const ParticipantRoleEnum = describeEnum(
  'ParticipantRole',
  'The role of an actor in a development.',
  ParticipantRole,
  {
    INITIATOR: 'Carried it out, or started it.',
    PARTICIPANT: 'Took part in it.',
    TARGET: 'Was its target.',
    HOST: 'Hosted it.',
    SPEAKER: 'Made the statement.',
    ON_BEHALF_OF: 'Was represented by the speaker or initiator.',
    ADDRESSEE: 'Was addressed by the statement.',
    OUTLET: 'Broadcast or published the words.',
    APPROVER: 'Approved or signed it.',
  },
);

export const LinkRelationEnum = describeEnum(
  'LinkRelation',
  'The relation of one development to another, read as "`from` RELATION `to`".',
  LinkRelation,
  {
    ANNOUNCES: 'Announces the other.',
    IMPLEMENTS: 'Carries out the other.',
    RESPONDS_TO: 'Responds to the other, or cites it as its reason.',
    CONTRADICTS: 'Cannot be true together with the other.',
    SUPERSEDES: 'Replaces the other.',
    PART_OF: 'Is part of the other.',
  },
);

export const SpeechEnum = builder.enumType('Speech', {
  description: 'How a statement renders the words.',
  values: {
    QUOTED: { description: 'Quoted, in the original language or in translation.' },
    REPORTED: { description: 'Reported speech: the summary paraphrases the words.' },
  },
});
