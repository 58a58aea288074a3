import type {
  ChangeType,
  Confidence,
  DevelopmentKind,
  DevelopmentStatus,
  EventType,
  Prisma,
} from '../../generated/prisma/client.js';
import type { DevelopmentContent } from '../development/content/content.js';
import type { ParticipantRole } from '../development/content/vocabulary.js';
import type { FoundUnit } from '../search/query.js';
import type { SearchText } from '../search/text.js';

/** Whether every day a fuzzy date can mean must lie in the range, or at least one. */
type Certainty = 'CERTAIN' | 'POSSIBLE';

type Optional<T> = T | null | undefined;

/** Selects developments, in lists and in the feed. All conditions that are set must hold. */
export interface DevelopmentFilter {
  readonly kind?: Optional<readonly DevelopmentKind[]>;
  readonly eventType?: Optional<readonly EventType[]>;
  readonly changeType?: Optional<readonly ChangeType[]>;
  readonly participant?: Optional<{ actor: string; role?: Optional<readonly ParticipantRole[]> }>;
  readonly country?: Optional<readonly string[]>;
  readonly topic?: Optional<readonly string[]>;
  readonly treaty?: Optional<readonly string[]>;
  readonly weaponSystem?: Optional<readonly string[]>;
  readonly doctrine?: Optional<readonly string[]>;
  readonly source?: Optional<readonly string[]>;
  readonly restsOnlyOn?: Optional<readonly string[]>;
  readonly occurred?: Optional<{ within: string; certainty?: Optional<Certainty> }>;
  readonly recordedSince?: Optional<Date>;
  readonly publishedSince?: Optional<Date>;
  readonly publishedBefore?: Optional<Date>;
  readonly changedSince?: Optional<Date>;
  readonly changedBefore?: Optional<Date>;
  readonly externalId?: Optional<{ dataset: string; id: string }>;
  readonly minConfidence?: Optional<Confidence>;
  readonly disputed?: Optional<boolean>;
  readonly status?: Optional<readonly DevelopmentStatus[]>;
  readonly text?: Optional<string>;
  readonly and?: Optional<readonly DevelopmentFilter[]>;
  readonly or?: Optional<readonly DevelopmentFilter[]>;
  readonly not?: Optional<DevelopmentFilter>;
}

/** The fields of a filter that are conditions themselves and do not combine other filters. */
export type ConditionField = Exclude<keyof DevelopmentFilter, 'and' | 'or' | 'not'>;

/** A development as one of its revisions left it: the input of a filter outside the database. */
export interface DevelopmentFacts {
  readonly content: DevelopmentContent;
  readonly status: DevelopmentStatus;
  /** When the development was first recorded. */
  readonly recordedAt: Date;
  /** When the development was first published. */
  readonly publishedAt: Date | null;
  /** When the revision was recorded. */
  readonly changedAt: Date;
  /** Countries by actor id. Actors without a country are missing. */
  readonly countries: ReadonlyMap<string, string>;
  /** The filter's search texts that match; only the database can tell. */
  readonly texts: ReadonlySet<string>;
}

/** The columns that lists can be ordered by. */
export type OrderColumn = 'occurredEarliest' | 'occurredLatest' | 'recordedAt' | 'publishedAt' | 'changedAt';

/** A filter whose slugs are resolved and whose values are checked. */
export interface PreparedFilter {
  /** SQL condition on `it`, a row of `development` or `development_version`. */
  readonly where: Prisma.Sql;
  /**
   * Returns `where` split into disjoint conditions, each of which is one index scan in the order of the
   * column.
   */
  branches(order: OrderColumn): readonly Prisma.Sql[];
  /** The filter on rows of `development_mention`; undefined if their columns cannot answer it. */
  readonly mention: MentionCondition | undefined;
  /**
   * Returns `where` on rows that match another `tsquery` too, if the filter has a text that all rows match; undefined
   * otherwise.
   */
  readonly whereWithin: ((period: Prisma.Sql) => Prisma.Sql) | undefined;
  /** The words and phrases that hits are ranked by. */
  readonly sought: readonly FoundUnit[];
}

/** A filter compiled for developments outside the database. */
export interface CompiledFilter {
  /** A hash of the filter with slugs resolved, values sorted and duplicates removed: equal for equal filters. */
  readonly canonical: string;
  /** The conditions that a development is tested against, at most. */
  readonly conditions: number;
  /** The values that the filter holds in memory. */
  readonly values: number;
  /** Returns whether the filter selects the development, with the same result as its SQL. */
  matches(facts: DevelopmentFacts): boolean;
}

/** A filter of a subscription, compiled for the entries of the feed. */
export interface FeedFilter extends CompiledFilter {
  /** Whether `matches` reads `facts.countries`. */
  readonly asksForCountry: boolean;
  /** The search texts that `facts.texts` must cover. */
  readonly texts: readonly SearchText[];
}

/** A filter for at most one mentioned object, as SQL on rows of `mentioning`. */
export interface MentionCondition {
  /** The `subject_id`; undefined if the filter names no object. */
  readonly subject: Prisma.Sql | undefined;
  readonly where: Prisma.Sql;
  /** `where` split by the order of `occurredEarliest`. */
  readonly branches: readonly Prisma.Sql[];
}
