import { CitationStance, ClaimField, ClaimRank } from '../../../domain/development/content/vocabulary.js';
import { SourceReliability } from '../../../generated/prisma/enums.js';
import { describeEnum } from './describe-enum.js';

export const SourceReliabilityEnum = describeEnum(
  'SourceReliability',
  'The reliability of a source in the Admiralty code (NATO AJP-2.1). It rates the source, not a single item.',
  SourceReliability,
  {
    A: 'Completely reliable: no doubts about authenticity, trustworthiness or competence.',
    B: 'Usually reliable: minor doubts; mostly valid information in the past.',
    C: 'Fairly reliable: doubts, but valid information in the past.',
    D: 'Not usually reliable: significant doubts, but valid information in the past.',
    E: 'Unreliable: not authentic, trustworthy or competent; invalid information in the past.',
    F: 'Reliability cannot be judged, because too little is known. This is not a grade below E.',
  },
);

export const CitationStanceEnum = describeEnum(
  'CitationStance',
  'Whether a source supports or disputes a development.',
  CitationStance,
  {
    SUPPORTS: 'The source supports the development.',
    DISPUTES: 'The source contradicts the development, or a part of it.',
  },
);

export const ClaimFieldEnum = describeEnum(
  'ClaimField',
  'A field about which sources can make competing claims.',
  ClaimField,
  {
    OCCURRED: 'The date, in EDTF.',
    PLACES: 'The places of an event.',
    QUANTITIES: 'The quantities of an event.',
    RANGE: 'The range in kilometres: the quantity named `range`.',
    SPEAKER: 'The speakers of a statement.',
    ROLE: 'The offices that the speakers held.',
    QUOTATION: 'The quoted words.',
    CHANGE_TYPE: 'The type of a doctrine change.',
    EFFECTIVE_DATE: 'The date on which a doctrine change takes effect, in EDTF.',
    BEFORE: 'The policy before a doctrine change.',
    AFTER: 'The policy after a doctrine change.',
  },
);

export const ClaimRankEnum = describeEnum(
  'ClaimRank',
  'The rank of a claim among the claims about the same field.',
  ClaimRank,
  {
    PREFERRED: "The development's field has the value of this claim.",
    NORMAL: 'An alternative to the preferred claim, or unranked.',
    DEPRECATED: 'Considered wrong, and kept for the record.',
  },
);
