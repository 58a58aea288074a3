/** Enums of a development's content that are not columns of tables: see also `generated/prisma/enums`. */

const terms = <const T extends string>(...values: T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [V in T]: V };

type Term<Terms> = Terms[keyof Terms];

/** The role of an actor in a development. */
export const ParticipantRole = terms(
  'INITIATOR',
  'PARTICIPANT',
  'TARGET',
  'HOST',
  'SPEAKER',
  'ON_BEHALF_OF',
  'ADDRESSEE',
  'OUTLET',
  'APPROVER',
);
export type ParticipantRole = Term<typeof ParticipantRole>;

/** The precision of a place. */
export const PlacePrecision = terms('EXACT', 'LOCALITY', 'REGION', 'COUNTRY');
export type PlacePrecision = Term<typeof PlacePrecision>;

/** Whether a source supports a development. */
export const CitationStance = terms('SUPPORTS', 'DISPUTES');
export type CitationStance = Term<typeof CitationStance>;

/** A field about which sources can make competing claims. */
export const ClaimField = terms(
  'OCCURRED',
  'PLACES',
  'QUANTITIES',
  'RANGE',
  'SPEAKER',
  'ROLE',
  'QUOTATION',
  'CHANGE_TYPE',
  'EFFECTIVE_DATE',
  'BEFORE',
  'AFTER',
);
export type ClaimField = Term<typeof ClaimField>;

/** The rank of a claim among the claims about the same field. */
export const ClaimRank = terms('PREFERRED', 'NORMAL', 'DEPRECATED');
export type ClaimRank = Term<typeof ClaimRank>;

/** The relation of one development to another. */
export const LinkRelation = terms(
  'ANNOUNCES',
  'IMPLEMENTS',
  'RESPONDS_TO',
  'CONTRADICTS',
  'SUPERSEDES',
  'PART_OF',
);
export type LinkRelation = Term<typeof LinkRelation>;
