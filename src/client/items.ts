/** What is selected of each development where neither `selection` nor `document` says otherwise. */
export interface DefaultDevelopment {
  readonly slug: string;
  readonly headline: string;
}

/** An error of GraphQL as the server sends it. */
export interface FeedGraphQLError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

interface Change<D> {
  /** The place in the feed after this item. */
  readonly cursor: string;
  /** The development as it was when the server sent the item: a later change may have altered it already. */
  readonly development: D;
  /** Where the server could not resolve some nullable fields of the selection: why. */
  readonly errors?: readonly FeedGraphQLError[];
}

/** A development joined the public record. */
export interface DevelopmentPublished<D> extends Change<D> {
  readonly __typename: 'DevelopmentPublished';
}

/** A published development was revised. */
export interface DevelopmentRevised<D> extends Change<D> {
  readonly __typename: 'DevelopmentRevised';
  /** Whether the filter picks the development as the revision left it: drop it from a list where false. */
  readonly matches: boolean;
  readonly revision: number;
  readonly changedFields: readonly string[];
  readonly reason: string | null;
}

/** A published development was withdrawn. */
export interface DevelopmentRetracted<D> extends Change<D> {
  readonly __typename: 'DevelopmentRetracted';
  readonly reason: string | null;
}

/**
 * Everything up to the moment of connecting has come; what follows is new. Comes once after the start
 * and once after each reconnection that had something to catch up on.
 */
export interface FeedCaughtUp {
  readonly __typename: 'FeedCaughtUp';
  readonly cursor: string;
}

/** The cursor could not be continued: drop what you hold and load a fresh snapshot. The feed goes on after `cursor`. */
export interface FeedReset {
  readonly __typename: 'FeedReset';
  readonly cursor: string;
  /** `OTHER_EPOCH`, `FROM_THE_FUTURE`, or one that a newer server knows. */
  readonly cause: string;
}

/** A change of the record. */
export type FeedChange<D = DefaultDevelopment> =
  | DevelopmentPublished<D>
  | DevelopmentRevised<D>
  | DevelopmentRetracted<D>;

/** What the feed sends; tell them apart by `__typename`. */
export type FeedItem<D = DefaultDevelopment> = FeedChange<D> | FeedCaughtUp | FeedReset;
