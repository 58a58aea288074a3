import type {
  ChangeType,
  CitationStance,
  ClaimField,
  ClaimRank,
  Confidence,
  DevelopmentKind,
  EventType,
  LinkRelation,
  ParticipantRole,
  PlacePrecision,
} from '../../generated/prisma/client.js';
import type { FuzzyDate } from '../fuzzy-date.js';

/**
 * Everything that a revision of a development says: what its snapshot holds, and what its rows are
 * made from. References are by id; lists are in the editor's order.
 */
export interface DevelopmentContent {
  readonly slug: string;
  readonly headline: string;
  readonly summary: string;
  readonly occurred: FuzzyDate;
  readonly confidence: Confidence;
  readonly detail: Detail;
  readonly participants: readonly ParticipantContent[];
  readonly topicIds: readonly string[];
  readonly treatyIds: readonly string[];
  readonly weaponSystemIds: readonly string[];
  readonly doctrineIds: readonly string[];
  readonly citations: readonly CitationContent[];
  readonly claims: readonly ClaimContent[];
  readonly links: readonly LinkContent[];
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
  readonly quotation: string | null;
  readonly translation: string | null;
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
  readonly stance: CitationStance;
  readonly credibility: number;
}

export interface ClaimContent {
  readonly id: string;
  readonly citationId: string;
  readonly field: ClaimField;
  readonly value: string;
  readonly rank: ClaimRank;
  readonly note: string | null;
}

export interface LinkContent {
  readonly toId: string;
  readonly relation: LinkRelation;
  readonly note: string | null;
}

export const kindOf = (content: DevelopmentContent): DevelopmentKind => content.detail.kind;

/** True where two claims on one field that are not deprecated give different values. */
export function isDisputed(claims: readonly ClaimContent[]): boolean {
  const values = new Map<ClaimField, string>();
  for (const { field, value, rank } of claims) {
    if (rank === 'DEPRECATED') continue;
    if ((values.get(field) ?? value) !== value) return true;
    values.set(field, value);
  }
  return false;
}

/** The names of the fields that differ, or are filled in a new one, the detail's own among them, by name. */
export function changedFields(before: DevelopmentContent | undefined, after: DevelopmentContent): string[] {
  const flat = ({ detail, ...rest }: DevelopmentContent) => Object.entries({ ...rest, ...detail });
  const known = new Map(before ? flat(before) : []);
  return flat(after)
    .filter(
      ([field, value]) => field !== 'kind' && !(before ? isEqual(known.get(field), value) : isEmpty(value)),
    )
    .map(([field]) => field)
    .sort();
}

const isEmpty = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Both sides went through the same code or through JSON, so their keys come in one order but for jsonb's. */
function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
