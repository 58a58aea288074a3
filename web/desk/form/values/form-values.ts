/** A reference that a form names: its slug, and how an editor knows it. */
export interface Ref {
  readonly slug: string;
  readonly name: string;
}

/** A source with what a preview shows of it. */
export interface SourceRef extends Ref {
  readonly publisher: string;
  readonly reliability: Reliability;
}

type Reliability = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

/** A line of a list in a form. The key tells lines apart while they are edited. */
interface Row {
  readonly key: string;
}

export interface ParticipantRow extends Row {
  readonly actor: Ref | null;
  readonly role: string;
  readonly capacity: string;
}

export interface PlaceRow extends Row {
  readonly name: string;
  readonly countryCode: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly precision: string;
}

export interface QuantityRow extends Row {
  readonly name: string;
  readonly unit: string;
  readonly low: string;
  readonly best: string;
  readonly high: string;
}

/** A claim of a citation. Which of the values counts depends on the field: see {@link claimValueOf}. */
export interface ClaimRow extends Row {
  readonly field: string;
  readonly rank: string;
  readonly note: string;
  readonly text: string;
  readonly actors: readonly Ref[];
  readonly roles: readonly ParticipantRow[];
  readonly places: readonly PlaceRow[];
  readonly quantities: readonly QuantityRow[];
}

export interface CitationRow extends Row {
  readonly source: SourceRef | null;
  readonly stance: string;
  readonly credibility: string;
  readonly locator: string;
  readonly excerpt: string;
  readonly language: string;
  readonly claims: readonly ClaimRow[];
}

/** What a form for a development holds. Each kind uses its part. Empty texts are none. */
export interface FormValues {
  readonly headline: string;
  readonly summary: string;
  readonly occurred: string;
  readonly participants: readonly ParticipantRow[];
  readonly topics: readonly Ref[];
  readonly treaties: readonly Ref[];
  readonly weaponSystems: readonly Ref[];
  readonly doctrines: readonly Ref[];
  readonly citations: readonly CitationRow[];
  readonly confidence: string;
  readonly confidenceReason: string;
  readonly quotation: string;
  readonly originalLanguage: string;
  readonly originalScript: string;
  readonly translation: string;
  readonly translator: string;
  readonly setting: string;
  readonly attribution: string;
  readonly type: string;
  readonly places: readonly PlaceRow[];
  readonly quantities: readonly QuantityRow[];
  readonly doctrine: Ref | null;
  readonly changeType: string;
  readonly before: string;
  readonly after: string;
  readonly effective: string;
}

export type FieldName = keyof FormValues;
