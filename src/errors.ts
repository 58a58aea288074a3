/**
 * What a caller can act on: each class has a stable `code` and the values that went wrong.
 * `domain/` throws them; `schema/` lists them in result unions, or reports them in `errors`.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
}

/** One thing that is wrong with an input. */
export interface InputIssue {
  /** Where in the input, e.g. `participants.0.actor`. */
  readonly path: string;
  /** What was expected and what came. */
  readonly message: string;
}

/** The input breaks rules; every one that it breaks is listed. */
export class InvalidInputError extends DomainError {
  override readonly name = 'InvalidInputError';
  readonly code = 'INVALID_INPUT';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    const lines = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    super(`The input is not valid. ${lines.join(' ')}`);
    this.issues = issues;
  }

  static at(path: string, message: string): InvalidInputError {
    return new InvalidInputError([{ path, message }]);
  }
}

/** The things that have slugs. */
export type SlugOwner = 'Development' | 'Actor' | 'Source' | 'Treaty' | 'WeaponSystem' | 'Doctrine' | 'Topic';

/** A slug that the input refers to is not in the record. */
export class UnknownSlugError extends DomainError {
  override readonly name = 'UnknownSlugError';
  readonly code = 'UNKNOWN_SLUG';
  readonly owner: SlugOwner;
  readonly slug: string;

  constructor(owner: SlugOwner, slug: string) {
    const remedy = owner === 'Development' ? 'Look it up in developments.' : `Make it with upsert${owner}.`;
    super(`No ${owner} has the slug ${JSON.stringify(slug)}. ${remedy}`);
    this.owner = owner;
    this.slug = slug;
  }
}

/** The slug belongs to another development already. */
export class SlugTakenError extends DomainError {
  override readonly name = 'SlugTakenError';
  readonly code = 'SLUG_TAKEN';
  readonly slug: string;

  constructor(slug: string) {
    super(`The slug "${slug}" belongs to another development. Choose another, or leave it out to get one.`);
    this.slug = slug;
  }
}

/** The development is not in a state that allows the change. */
export class WrongStatusError extends DomainError {
  override readonly name = 'WrongStatusError';
  readonly code = 'WRONG_STATUS';
  readonly slug: string;
  readonly status: string;

  constructor(slug: string, status: string, expected: string) {
    super(`The development "${slug}" is ${status}; expected ${expected}.`);
    this.slug = slug;
    this.status = status;
  }
}

/** Somebody else revised the development first. */
export class RevisionConflictError extends DomainError {
  override readonly name = 'RevisionConflictError';
  readonly code = 'REVISION_CONFLICT';
  readonly expected: number;
  readonly current: number;

  constructor(slug: string, expected: number, current: number) {
    super(
      `The development "${slug}" is at revision ${current}, not ${expected}. Look at what changed, then ` +
        `revise again with expectedRevision: ${current}.`,
    );
    this.expected = expected;
    this.current = current;
  }
}

/** The idempotency key was used for another request. */
export class IdempotencyKeyReusedError extends DomainError {
  override readonly name = 'IdempotencyKeyReusedError';
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  readonly key: string;

  constructor(key: string, operation: string) {
    super(
      `The idempotencyKey "${key}" was used for another ${operation} request. A key stands for one request: ` +
        'repeat that one unchanged, or choose a new key.',
    );
    this.key = key;
  }
}

/** The other data set's key is in the record already. */
export class ExternalIdTakenError extends DomainError {
  override readonly name = 'ExternalIdTakenError';
  readonly code = 'EXTERNAL_ID_TAKEN';
  readonly dataset: string;
  readonly value: string;

  constructor(dataset: string, value: string) {
    super(`The record has ${dataset} ${JSON.stringify(value)} already.`);
    this.dataset = dataset;
    this.value = value;
  }
}

/** An argument of a query is not valid; it is reported in `errors`, as queries have no result unions. */
export class BadArgumentError extends DomainError {
  override readonly name = 'BadArgumentError';
  readonly code = 'BAD_USER_INPUT';
}
