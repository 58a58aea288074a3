/** A part of the kept text, in UTF-16 code units. `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How sure a rule is: A names everything it needs, D is a guess that a person should look at twice. */
export type Grade = 'A' | 'B' | 'C' | 'D';

export type ReferenceKind =
  | 'PERSON'
  | 'STATE'
  | 'ORGANISATION'
  | 'ALLIANCE'
  | 'OUTLET'
  | 'WEAPON_SYSTEM'
  | 'TREATY'
  | 'DOCTRINE';

/** Fields that all suggestions have. */
interface SuggestionBase {
  /** Unique among the suggestions of one text, and the same each time: `statement:120`. */
  readonly key: string;
  /** The words that the suggestion rests on: literally `text.slice(start, end)`. */
  readonly excerpt: string;
  readonly start: number;
  readonly end: number;
  /** The name of the rule that made it, such as `quote-then-speaker`. */
  readonly rule: string;
  readonly grade: Grade;
}

/** A name in the text. */
export interface NameSuggestion extends SuggestionBase {
  readonly kind: 'NAME';
  readonly fields: NameFields;
}

interface NameFields {
  readonly referenceKind: ReferenceKind;
  /** The name as the record writes it; of a proposed actor, as the text does. */
  readonly name: string;
  /** The slug in the record, or null for a proposed actor. */
  readonly slug: string | null;
  /** The title or office beside the name, such as `Deputy Foreign Minister`. */
  readonly office: string | null;
}

/** A date in the text. */
export interface DateSuggestion extends SuggestionBase {
  readonly kind: 'DATE';
  readonly fields: { readonly edtf: string };
}

/** Says who spoke: the words of the text, and the actor that they mean. */
export interface Speaker extends Span {
  readonly text: string;
  /** The name that a pronoun, a surname or an office was resolved to. Null for the unnamed, such as `analysts`. */
  readonly name: string | null;
  readonly slug: string | null;
  readonly office: string | null;
}

export type QuotationKind = 'DIRECT' | 'MIXED' | 'REPORTED';

/** Somebody's words, quoted or reported. */
export interface StatementSuggestion extends SuggestionBase {
  readonly kind: 'STATEMENT';
  readonly fields: StatementFields;
}

interface StatementFields {
  readonly quotation: QuotationKind;
  /** The parts of the content, in order. A quotation that `he said` interrupts has two. */
  readonly parts: readonly Span[];
  /** The quoted words without the marks around them, one for each quotation. */
  readonly quoted: readonly string[];
  /** The verb, noun or sign that attributes the words. Null where a quotation only follows another one. */
  readonly cue: Span | null;
  readonly speaker: Speaker | null;
  readonly occurred: string | null;
  /** Whether the text says that it was not said, or that what was said is denied: `denied that`. */
  readonly isDenial: boolean;
  /** Whether it reports an attitude or intention rather than words: `supports`, `hopes to`. */
  readonly isStance: boolean;
  /** The outlet, interview or speech in which it was said, as the text names it. */
  readonly setting: string | null;
}

export interface Participant {
  readonly role: 'ACTOR' | 'TARGET' | 'PARTNER' | 'LOCATION';
  readonly name: string;
  readonly slug: string | null;
}

/** Something that happened. */
export interface EventSuggestion extends SuggestionBase {
  readonly kind: 'EVENT';
  readonly fields: {
    readonly eventType: EventType;
    readonly participants: readonly Participant[];
    readonly about: readonly { readonly referenceKind: ReferenceKind; readonly slug: string }[];
    readonly occurred: string | null;
    readonly isDenial: boolean;
  };
}

export type EventType =
  | 'TREATY_ACTION'
  | 'DEPLOYMENT'
  | 'EXERCISE'
  | 'TEST'
  | 'PRODUCTION'
  | 'STRIKE'
  | 'NEGOTIATION'
  | 'OTHER';

export type ChangeType = 'ADOPTED' | 'AMENDED' | 'SUSPENDED' | 'ABANDONED' | 'REAFFIRMED';

/** A change of a doctrine or policy. */
export interface DoctrineChangeSuggestion extends SuggestionBase {
  readonly kind: 'DOCTRINE_CHANGE';
  readonly fields: {
    readonly changeType: ChangeType;
    /** The doctrine as the text names it. */
    readonly doctrine: string;
    readonly slug: string | null;
    readonly participants: readonly Participant[];
    readonly occurred: string | null;
    readonly isDenial: boolean;
  };
}

/** A link between two suggestions. */
export interface LinkSuggestion extends SuggestionBase {
  readonly kind: 'LINK';
  readonly fields: {
    readonly relation: 'RESPONDS_TO' | 'FOLLOWS' | 'CITES';
    /** Keys of suggestions. */
    readonly from: string;
    readonly to: string;
  };
}

export type DevelopmentSuggestion = StatementSuggestion | EventSuggestion | DoctrineChangeSuggestion;
export type Suggestion = NameSuggestion | DateSuggestion | DevelopmentSuggestion | LinkSuggestion;
