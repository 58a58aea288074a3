/**
 * An error that the caller can act on. Each class has a stable `code` and the values that went wrong.
 * Mutations return some of them in their result union; all others are reported in `errors`.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
}

/** One problem of an input. */
export interface InputIssue {
  /** Path within the input, e.g. `participants.0.actor`. */
  readonly path: string;
  /** The expected and the actual value. */
  readonly message: string;
}

/** The input is not valid. Lists every problem. */
export class InvalidInputError extends DomainError {
  override readonly name = 'InvalidInputError';
  readonly code = 'INVALID_INPUT';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    const lines = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    super(`The input is not valid. ${lines.join(' ')}`);
    this.issues = issues;
  }

  /** The path of the first problem. */
  get path(): string {
    return this.issues[0]?.path ?? '';
  }

  static at(path: string, message: string): InvalidInputError {
    return new InvalidInputError([{ path, message }]);
  }
}

/** The types of objects that have slugs. */
export type SlugOwner = 'Development' | 'Actor' | 'Source' | 'Treaty' | 'WeaponSystem' | 'Doctrine' | 'Topic';

/** The name of each type, and the query that lists its objects. */
const LISTS: Readonly<Record<SlugOwner, { readonly name: string; readonly query: string }>> = {
  Development: { name: 'development', query: 'developments(filter: { text: … })' },
  Actor: { name: 'actor', query: 'actors' },
  Source: { name: 'source', query: 'sources' },
  Treaty: { name: 'treaty', query: 'treaties' },
  WeaponSystem: { name: 'weapon system', query: 'weaponSystems' },
  Doctrine: { name: 'doctrine', query: 'doctrines' },
  Topic: { name: 'topic', query: 'topics' },
};

/** The input contains a slug that is not in the record. */
export class UnknownSlugError extends DomainError {
  override readonly name = 'UnknownSlugError';
  readonly code = 'UNKNOWN_SLUG';
  readonly owner: SlugOwner;
  readonly slug: string;
  /** Path within the input or the arguments, e.g. `filter.topic`. Empty if it is not known. */
  readonly path: string;

  constructor(owner: SlugOwner, slug: string, path = '') {
    const { name, query } = LISTS[owner];
    super(`No ${name} has the slug ${JSON.stringify(slug)}. Find slugs with the query ${query}.`);
    this.owner = owner;
    this.slug = slug;
    this.path = path;
  }
}

/** The name of each type among the terms of the API. */
export const OWNER_TERMS = {
  Development: 'DEVELOPMENT',
  Actor: 'ACTOR',
  Source: 'SOURCE',
  Treaty: 'TREATY',
  WeaponSystem: 'WEAPON_SYSTEM',
  Doctrine: 'DOCTRINE',
  Topic: 'TOPIC',
} as const satisfies Readonly<Record<SlugOwner, string>>;

/** The development was revised after the caller read it. */
export class RevisionConflictError extends DomainError {
  override readonly name = 'RevisionConflictError';
  readonly code = 'REVISION_CONFLICT';
  readonly path = 'expectedRevision';
  readonly owner: SlugOwner;
  readonly slug: string;
  readonly expected: number;
  /** 0 if the record has no such reference. */
  readonly current: number;

  constructor(slug: string, expected: number, current: number, owner: SlugOwner = 'Development') {
    const { name } = LISTS[owner];
    super(
      current === 0
        ? `No ${name} has the slug "${slug}", so it is not at revision ${expected}. To create it, retry with expectedRevision: 0.`
        : `The ${name} "${slug}" is at revision ${current}, not ${expected}. Review its revisions, then retry ` +
            `with expectedRevision: ${current}.`,
    );
    this.owner = owner;
    this.slug = slug;
    this.expected = expected;
    this.current = current;
  }
}

/** The idempotency key was used for a different request. */
export class IdempotencyKeyReusedError extends DomainError {
  override readonly name = 'IdempotencyKeyReusedError';
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  readonly path = 'idempotencyKey';
  readonly key: string;

  constructor(key: string, operation: string) {
    super(
      `The idempotencyKey "${key}" was used for a different ${operation} request. Repeat that request unchanged, ` +
        'or choose a new key.',
    );
    this.key = key;
  }
}

/** An argument of a query is not valid. Reported in `errors`, because queries have no result unions. */
export class BadArgumentError extends DomainError {
  override readonly name = 'BadArgumentError';
  readonly code = 'BAD_USER_INPUT';
  /** Path within the arguments of the field, e.g. `filter.text`. Empty if the whole request is at fault. */
  readonly argument: string;

  constructor(argument: string, message: string) {
    super(message);
    this.argument = argument;
  }
}
