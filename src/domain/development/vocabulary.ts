/**
 * The terms that a development's content is written in, beside those that tables have as columns
 * (`generated/prisma/enums`).
 */

const terms = <const T extends string>(...values: T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [V in T]: V };

type Term<Terms> = Terms[keyof Terms];

/** What an actor does in a development. */
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

/** How well a place is known. */
export const PlacePrecision = terms('EXACT', 'LOCALITY', 'REGION', 'COUNTRY');
export type PlacePrecision = Term<typeof PlacePrecision>;

/** Whether a source bears a development out. */
export const CitationStance = terms('SUPPORTS', 'DISPUTES');
export type CitationStance = Term<typeof CitationStance>;

/** A factual field that sources can disagree on. */
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

/** How a claim stands among the claims on the same field. */
export const ClaimRank = terms('PREFERRED', 'NORMAL', 'DEPRECATED');
export type ClaimRank = Term<typeof ClaimRank>;

/** How one development bears on another. */
export const LinkRelation = terms(
  'ANNOUNCES',
  'IMPLEMENTS',
  'RESPONDS_TO',
  'CONTRADICTS',
  'SUPERSEDES',
  'PART_OF',
);
export type LinkRelation = Term<typeof LinkRelation>;
