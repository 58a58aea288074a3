/** The values of the enums that filters and orders use, as in `schema.graphql`. A test compares them. */
export const VOCABULARIES = {
  DevelopmentKind: ['EVENT', 'STATEMENT', 'DOCTRINE_CHANGE'],
  EventType: [
    'TREATY_ACTION',
    'DEPLOYMENT',
    'EXERCISE',
    'TEST',
    'PRODUCTION',
    'STRIKE',
    'NEGOTIATION',
    'OTHER',
  ],
  ChangeType: ['ADOPTED', 'AMENDED', 'SUSPENDED', 'ABANDONED', 'REAFFIRMED'],
  ParticipantRole: [
    'SPEAKER',
    'ON_BEHALF_OF',
    'INITIATOR',
    'PARTICIPANT',
    'TARGET',
    'ADDRESSEE',
    'HOST',
    'APPROVER',
    'OUTLET',
  ],
  Confidence: ['LOW', 'MODERATE', 'HIGH'],
  DevelopmentStatus: ['DRAFT', 'PUBLISHED', 'RETRACTED'],
  Certainty: ['CERTAIN', 'POSSIBLE'],
  DevelopmentOrderField: ['EARLIEST', 'LATEST', 'RECORDED', 'PUBLISHED', 'CHANGED', 'RELEVANCE'],
} as const;

type Vocabularies = typeof VOCABULARIES;
type Word<Name extends keyof Vocabularies> = Vocabularies[Name][number];
type Optional<Value> = Value | null | undefined;

/** The input `DevelopmentFilter` of the schema, as JSON: instants are texts. */
export interface FilterInput {
  kind?: Optional<Word<'DevelopmentKind'>[]>;
  eventType?: Optional<Word<'EventType'>[]>;
  changeType?: Optional<Word<'ChangeType'>[]>;
  participant?: Optional<{ actor: string; role?: Optional<Word<'ParticipantRole'>[]> }>;
  country?: Optional<string[]>;
  topic?: Optional<string[]>;
  treaty?: Optional<string[]>;
  weaponSystem?: Optional<string[]>;
  doctrine?: Optional<string[]>;
  source?: Optional<string[]>;
  restsOnlyOn?: Optional<string[]>;
  occurred?: Optional<{ within: string; certainty?: Optional<Word<'Certainty'>> }>;
  recordedSince?: Optional<string>;
  publishedSince?: Optional<string>;
  publishedBefore?: Optional<string>;
  changedSince?: Optional<string>;
  changedBefore?: Optional<string>;
  externalId?: Optional<{ dataset: string; id: string }>;
  minConfidence?: Optional<Word<'Confidence'>>;
  disputed?: Optional<boolean>;
  status?: Optional<Word<'DevelopmentStatus'>[]>;
  text?: Optional<string>;
  and?: Optional<FilterInput[]>;
  or?: Optional<FilterInput[]>;
  not?: Optional<FilterInput>;
}

/** The input `DevelopmentOrder` of the schema. */
export interface OrderInput {
  field: Word<'DevelopmentOrderField'>;
  direction: 'ASC' | 'DESC';
}

/** The input `AsOf` of the schema. */
export type AsOfInput =
  | { moment: string }
  | { cursor: string }
  | { revision: { slug: string; number: number } };
