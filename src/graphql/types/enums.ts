import * as Vocabulary from '../../domain/development/vocabulary.js';
import * as Enums from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';

/** A GraphQL enum with the values of one of the record's, every one of them described. */
function enumOf<Values extends Record<string, string>>(
  name: string,
  description: string,
  _values: Values,
  descriptions: { [Value in keyof Values]: string },
) {
  const values = Object.entries(descriptions).map(
    ([value, text]) =>
      [value, { value: value as Values[keyof Values], description: text as string }] as const,
  );
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(values) as Record<
      string,
      { value: Values[keyof Values]; description: string }
    >,
  });
}

export const DevelopmentKindEnum = enumOf(
  'DevelopmentKind',
  'What kind of development it is; each kind is an object type of its own.',
  Enums.DevelopmentKind,
  {
    EVENT: 'Something that happened: a treaty left, a missile tested, an exercise held.',
    STATEMENT: 'Who said what, where, in which words.',
    DOCTRINE_CHANGE: 'A policy or doctrine adopted, amended, suspended, abandoned or reaffirmed.',
  },
);

export const DevelopmentStatusEnum = enumOf(
  'DevelopmentStatus',
  'Where a development stands on its way through the record.',
  Enums.DevelopmentStatus,
  {
    DRAFT: 'Being written: seen by editors only, never in the feed.',
    PUBLISHED: 'Part of the public record.',
    RETRACTED: 'Withdrawn: it stays in the record as a tombstone and in no list.',
  },
);

export const ConfidenceEnum = enumOf(
  'Confidence',
  "The editors' confidence that the development is as described.",
  Enums.Confidence,
  {
    LOW: 'Plausible, but thin, anonymous or contested evidence.',
    MODERATE: 'Credibly sourced, without independent corroboration of every part.',
    HIGH: 'Rests on primary documents or on several independent good sources.',
  },
);

export const DatePrecisionEnum = enumOf(
  'DatePrecision',
  'How finely the evidence dates something.',
  Enums.DatePrecision,
  {
    TIME: 'A day with a time of day.',
    DAY: 'One calendar day.',
    MONTH: 'One calendar month.',
    SEASON: 'A season or quarter of a year.',
    YEAR: 'One calendar year.',
    DECADE: 'Ten years: a date such as `201X`.',
    CENTURY: 'A hundred years: a date such as `20XX`.',
    INTERVAL: 'From one date to another, one of which may be open or unknown.',
    UNKNOWN: 'Nothing is known of the date: `XXXX`.',
  },
);

export const EventTypeEnum = enumOf('EventType', 'What kind of event it is.', Enums.EventType, {
  TREATY_ACTION: 'Signing, ratifying, suspending or leaving a treaty.',
  DEPLOYMENT: 'Forces or weapons moved, stationed or withdrawn.',
  EXERCISE: 'Manoeuvres, with or without live weapons.',
  TEST: 'A weapon or system tested.',
  PRODUCTION: 'Production of weapons prepared, begun, raised or ended.',
  STRIKE: 'An attack.',
  NEGOTIATION: 'Talks between parties.',
  OTHER: 'None of the others.',
});

export const ChangeTypeEnum = enumOf(
  'ChangeType',
  'What happened to the policy or doctrine.',
  Enums.ChangeType,
  {
    ADOPTED: 'It came into being.',
    AMENDED: 'Its wording or content was changed.',
    SUSPENDED: 'It is out of force for a time.',
    ABANDONED: 'It was given up.',
    REAFFIRMED: 'It was confirmed without a change.',
  },
);

export const PlacePrecisionEnum = enumOf(
  'PlacePrecision',
  'How well a place is known.',
  Vocabulary.PlacePrecision,
  {
    EXACT: 'The coordinates are the place itself.',
    LOCALITY: 'Somewhere in or near the named town or site.',
    REGION: 'Somewhere in the named region.',
    COUNTRY: 'Somewhere in the country; coordinates, if any, stand for all of it.',
  },
);

export const ActorKindEnum = enumOf('ActorKind', 'What kind of actor it is.', Enums.ActorKind, {
  PERSON: 'A human being.',
  STATE: 'A state or dependent territory, as ISO 3166-1 lists it.',
  ORGANISATION: 'A ministry, parliament, company, agency, armed group or other body.',
  ALLIANCE: 'A standing association of states.',
  OUTLET: 'A newspaper, agency or broadcaster.',
});

export const ParticipantRoleEnum = enumOf(
  'ParticipantRole',
  'What an actor does in a development.',
  Vocabulary.ParticipantRole,
  {
    INITIATOR: 'Did it, or did it first.',
    PARTICIPANT: 'Took part.',
    TARGET: 'Was acted upon.',
    HOST: 'Gave the place for it.',
    SPEAKER: 'Said it.',
    ON_BEHALF_OF: 'The one in whose name it was said or done.',
    ADDRESSEE: 'The one to whom it was said.',
    OUTLET: 'Carried or published the words.',
    APPROVER: 'Approved or signed it.',
  },
);

export const TreatyStateEnum = enumOf('TreatyState', "What a treaty's standing is.", Enums.TreatyState, {
  SIGNED: 'Signed and not yet in force.',
  IN_FORCE: 'Binding on its parties.',
  SUSPENDED: 'Suspended by at least one principal party.',
  ENDED: 'No longer in force.',
});

export const WeaponClassEnum = enumOf('WeaponClass', 'What kind of weapon it is.', Enums.WeaponClass, {
  BALLISTIC_MISSILE: 'A missile on a ballistic path.',
  CRUISE_MISSILE: 'A missile that flies under power, in the atmosphere.',
  HYPERSONIC: 'A glide vehicle or missile faster than five times the speed of sound that manoeuvres.',
  MISSILE_DEFENCE: 'An interceptor or the system around it.',
  OTHER: 'None of the others.',
});

export const DeliveryPlatformEnum = enumOf(
  'DeliveryPlatform',
  'What a weapon is launched from.',
  Enums.DeliveryPlatform,
  {
    GROUND: 'From the ground.',
    AIR: 'From an aircraft.',
    SEA: 'From a ship or submarine.',
    SPACE: 'From orbit.',
  },
);

export const SourceReliabilityEnum = enumOf(
  'SourceReliability',
  "Reliability of a source in the Admiralty code (NATO AJP-2.1): the source's record, not this item.",
  Enums.SourceReliability,
  {
    A: 'Completely reliable: no doubt of authenticity, trustworthiness or competence; a history of complete reliability.',
    B: 'Usually reliable: minor doubts; mostly valid information so far.',
    C: 'Fairly reliable: doubts, though it gave valid information before.',
    D: 'Not usually reliable: significant doubts, though it gave valid information before.',
    E: 'Unreliable: lacks authenticity, trustworthiness and competence; a history of invalid information.',
    F: 'Reliability cannot be judged: too little is known of it. Not a grade below E.',
  },
);

export const SpeechEnum = builder.enumType('Speech', {
  description: 'How a statement renders what was said.',
  values: {
    QUOTED: { description: 'Words are quoted, in the original language or in translation.' },
    REPORTED: { description: 'Reported speech: what was said is told in the summary, without the words.' },
  },
});

export const CitationStanceEnum = enumOf(
  'CitationStance',
  'Whether a source bears a development out.',
  Vocabulary.CitationStance,
  {
    SUPPORTS: 'The source bears the development out.',
    DISPUTES: 'The source contradicts the development or a part of it.',
  },
);

export const ClaimFieldEnum = enumOf(
  'ClaimField',
  'A factual field that sources can disagree on.',
  Vocabulary.ClaimField,
  {
    OCCURRED: 'When it happened: an EDTF text.',
    PLACES: 'Where it happened.',
    QUANTITIES: 'How many or how much.',
    RANGE: 'How far, in km: the quantity named `range`.',
    SPEAKER: 'Who spoke.',
    ROLE: 'In which office the speakers spoke.',
    QUOTATION: 'The words quoted.',
    CHANGE_TYPE: 'What was done to the doctrine.',
    EFFECTIVE_DATE: 'From when a doctrine change is in effect: an EDTF text.',
    BEFORE: 'What held before a doctrine change.',
    AFTER: 'What holds after a doctrine change.',
  },
);

export const ClaimRankEnum = enumOf(
  'ClaimRank',
  'How a claim stands among the claims on the same field.',
  Vocabulary.ClaimRank,
  {
    PREFERRED: 'The record follows it.',
    NORMAL: 'It stands beside the preferred one.',
    DEPRECATED: 'It is kept for the record and held to be wrong.',
  },
);

export const LinkRelationEnum = enumOf(
  'LinkRelation',
  'How one development bears on another.',
  Vocabulary.LinkRelation,
  {
    ANNOUNCES: 'Makes the other known.',
    IMPLEMENTS: 'Carries the other out.',
    RESPONDS_TO: 'Answers the other, or is justified by it.',
    CONTRADICTS: 'Cannot be true together with the other.',
    SUPERSEDES: 'Takes the place of the other.',
    PART_OF: 'Is a part of the other.',
  },
);
