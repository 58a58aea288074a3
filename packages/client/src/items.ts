/** The fields of a development without `selection` and `document`. */
export interface DefaultDevelopment {
  readonly slug: string;
  readonly headline: string;
}

/** A GraphQL error as the server sends it. */
export interface FeedGraphQLError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

interface Change<D> {
  /** The feed position after this item. */
  readonly cursor: string;
  /**
   * The development as this change left it. Later changes come as items of their own. In a replay of the latest states,
   * the development as it is now.
   */
  readonly development: D;
  /** Present if some nullable fields could not be resolved. */
  readonly errors?: readonly FeedGraphQLError[];
}

/** A development joined the public record. */
export interface DevelopmentPublished<D> extends Change<D> {
  readonly __typename: 'DevelopmentPublished';
}

/** A published development was revised. */
export interface DevelopmentRevised<D> extends Change<D> {
  readonly __typename: 'DevelopmentRevised';
  /** Whether the revised development still matches the filter. If false, drop it from a filtered list. */
  readonly matches: boolean;
  readonly revision: number;
  readonly changedFields: readonly string[];
  readonly reason: string | null;
}

/** A published development was retracted. */
export interface DevelopmentRetracted<D> extends Change<D> {
  readonly __typename: 'DevelopmentRetracted';
  readonly reason: string | null;
}

/**
 * A development was erased, or a quotation in it. Delete everything that you have of it, past states included, and keep only
 * what `development` has. It comes whatever the filter.
 */
export interface DevelopmentErased<D> extends Change<D> {
  readonly __typename: 'DevelopmentErased';
  /** Why, e.g. `PERSONAL_DATA`. */
  readonly ground: string | null;
}

/** An actor, source, topic, treaty, weapon system or doctrine was created, changed, or merged into another one. */
export interface ReferenceChanged {
  readonly __typename: 'ReferenceChanged';
  /** The feed position after this item. */
  readonly cursor: string;
  /** The reference as this change left it. Of a source, `name` is the title. */
  readonly reference: ReferenceName;
  /** The reference that it was merged into by this change. Null for any other change. */
  readonly mergedInto: ReferenceName | null;
  readonly revision: number;
  readonly changedFields: readonly string[];
  readonly reason: string | null;
  /** Present if some nullable fields could not be resolved. */
  readonly errors?: readonly FeedGraphQLError[];
}

/**
 * An actor, source, topic, treaty, weapon system or doctrine was erased. Delete everything that you have of it, its names in
 * copies of developments included, and keep only what `reference` has. It comes whatever the filter, also without
 * `references`.
 */
export interface ReferenceErased {
  readonly __typename: 'ReferenceErased';
  /** The feed position after this item. */
  readonly cursor: string;
  /** What is left, under the id of before. */
  readonly reference: ReferenceName;
  /** Why, e.g. `PERSONAL_DATA`. */
  readonly ground: string | null;
  /** Present if some nullable fields could not be resolved. */
  readonly errors?: readonly FeedGraphQLError[];
}

/** A reference, as `ReferenceChanged` and `ReferenceErased` have it. */
export interface ReferenceName {
  readonly __typename: 'Actor' | 'Doctrine' | 'Source' | 'Topic' | 'Treaty' | 'WeaponSystem';
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/**
 * Everything committed before connecting has arrived, and later items are live. Comes once after the start, and once
 * after each reconnection that had something to catch up on.
 */
export interface FeedCaughtUp {
  readonly __typename: 'FeedCaughtUp';
  readonly cursor: string;
}

/** The cursor could not be continued: drop your state and load a fresh snapshot. The feed continues after `cursor`. */
export interface FeedReset {
  readonly __typename: 'FeedReset';
  readonly cursor: string;
  /** `OTHER_EPOCH`, `FROM_THE_FUTURE`, `OTHER_HISTORY`, or a cause added by a newer server. */
  readonly cause: string;
}

/** A change to the record. */
export type FeedChange<D = DefaultDevelopment> =
  | DevelopmentPublished<D>
  | DevelopmentRevised<D>
  | DevelopmentRetracted<D>
  | DevelopmentErased<D>;

/** The fields of every item. */
export interface AnyItem {
  readonly __typename: string;
  readonly cursor: string;
}

/** The changes among the items that a document selects. */
export type ChangeOf<Item> = Extract<
  Item,
  {
    readonly __typename:
      | 'DevelopmentPublished'
      | 'DevelopmentRevised'
      | 'DevelopmentRetracted'
      | 'DevelopmentErased'
      | 'ReferenceChanged'
      | 'ReferenceErased';
  }
>;

/** An item of the feed. Distinguish items by `__typename`. `R` says whether changes of references are asked for. */
export type FeedItem<D = DefaultDevelopment, R extends boolean = false> =
  | FeedChange<D>
  | ReferenceErased
  | FeedCaughtUp
  | FeedReset
  | (R extends true ? ReferenceChanged : never);
