import type { ChangeType, Confidence, DevelopmentKind, EventType } from '../../../generated/prisma/client.js';
import type { FuzzyDate } from '../../dates/fuzzy-date.js';
import type {
  CitationStance,
  ClaimField,
  ClaimRank,
  LinkRelation,
  ParticipantRole,
  PlacePrecision,
} from './vocabulary.js';

/**
 * The complete content of a revision: its snapshot. References are by id; lists are in the editors' order.
 */
export interface DevelopmentContent {
  readonly slug: string;
  readonly headline: string;
  readonly summary: string;
  readonly occurred: FuzzyDate;
  readonly confidence: Confidence;
  /** Why the confidence differs from the derived one; null if it does not. */
  readonly confidenceReason: string | null;
  /** The confidence derived from the citations when the revision was written. */
  readonly derivedConfidence: Confidence;
  readonly detail: Detail;
  readonly participants: readonly ParticipantContent[];
  readonly topicIds: readonly string[];
  readonly treatyIds: readonly string[];
  readonly weaponSystemIds: readonly string[];
  readonly doctrineIds: readonly string[];
  readonly citations: readonly CitationContent[];
  readonly claims: readonly ClaimContent[];
  readonly links: readonly LinkContent[];
  /** The development that replaces a retracted one. */
  readonly successorId: string | null;
  readonly externalIds: readonly { readonly dataset: string; readonly value: string }[];
}

export type Detail = EventDetail | StatementDetail | DoctrineChangeDetail;

export interface EventDetail {
  readonly kind: 'EVENT';
  readonly type: EventType;
  readonly places: readonly PlaceContent[];
  readonly quantities: readonly QuantityContent[];
}

export interface PlaceContent {
  readonly name: string;
  readonly countryCode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly precision: PlacePrecision;
}

export interface QuantityContent {
  readonly name: string;
  readonly unit: string | null;
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
}

export interface StatementDetail {
  readonly kind: 'STATEMENT';
  readonly attribution: string | null;
  readonly setting: string | null;
  readonly originalLanguage: string | null;
  readonly originalScript: string | null;
  readonly quotation: string | null;
  readonly translation: string | null;
  readonly translator: string | null;
}

export interface DoctrineChangeDetail {
  readonly kind: 'DOCTRINE_CHANGE';
  readonly doctrineId: string;
  readonly changeType: ChangeType;
  readonly before: string | null;
  readonly after: string | null;
  readonly effective: FuzzyDate | null;
}

export interface ParticipantContent {
  readonly actorId: string;
  readonly role: ParticipantRole;
  readonly capacity: string | null;
}

export interface CitationContent {
  readonly id: string;
  readonly sourceId: string;
  readonly locator: string | null;
  readonly excerpt: string | null;
  readonly language: string | null;
  readonly stance: CitationStance;
  readonly credibility: number;
}

export interface ClaimContent {
  readonly id: string;
  readonly citationId: string;
  readonly field: ClaimField;
  /** The value in the format of inputs: EDTF for a date, a list of places, and so on. */
  readonly value: unknown;
  readonly rank: ClaimRank;
  readonly note: string | null;
}

export interface LinkContent {
  readonly toId: string;
  readonly relation: LinkRelation;
  readonly note: string | null;
  /** The citation of the linking development that supports the link. */
  readonly citationId: string | null;
}

export const kindOf = (content: DevelopmentContent): DevelopmentKind => content.detail.kind;

/**
 * Returns the names of the fields that differ, including those of the detail. For a new content, of all
 * fields with a value.
 */
export function changedFields(before: DevelopmentContent | undefined, after: DevelopmentContent): string[] {
  const flat = ({ detail, ...rest }: DevelopmentContent) => Object.entries({ ...rest, ...detail });
  const known = new Map(before ? flat(before) : []);
  return flat(after)
    .filter(
      ([field, value]) =>
        field !== 'kind' && !(before ? canonical(known.get(field)) === canonical(value) : isEmpty(value)),
    )
    .map(([field]) => field)
    .sort();
}

const isEmpty = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Returns JSON with sorted keys, so that equal values have equal texts. `jsonb` orders keys its own way. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
