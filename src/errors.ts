import type { LinkRelation } from './domain/development/vocabulary.js';

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

/** Nothing is stated without evidence: what is published cites a source. */
export class CitationRequiredError extends DomainError {
  override readonly name = 'CitationRequiredError';
  readonly code = 'CITATION_REQUIRED';
  readonly slug: string;

  constructor(slug: string) {
    super(
      `A published development needs a citation; "${slug}" would have none. Give it in citations, or add one ` +
        'with addCitation before you publish.',
    );
    this.slug = slug;
  }
}

/** A citation or claim that the input refers to is not one of the development's. */
export class UnknownEvidenceError extends DomainError {
  override readonly name = 'UnknownEvidenceError';
  readonly code = 'UNKNOWN_EVIDENCE';
  readonly what: 'Citation' | 'Claim';
  readonly id: string;

  constructor(what: 'Citation' | 'Claim', id: string) {
    const list = what === 'Citation' ? 'citations' : 'claims';
    super(
      `The development has no ${what} with the id "${id}". Look it up in its ${list}: revising the citations ` +
        'may have replaced it.',
    );
    this.what = what;
    this.id = id;
  }
}

/** The link would close a circle of a relation that has a direction. */
export class LinkCycleError extends DomainError {
  override readonly name = 'LinkCycleError';
  readonly code = 'LINK_CYCLE';
  readonly relation: LinkRelation;
  /** The slugs along the way that there is already, from the link's `to` back to where it goes out from. */
  readonly path: readonly string[];

  constructor(relation: LinkRelation, path: readonly string[]) {
    super(
      `Links of ${relation} may not form a circle; the record leads back already: ${path.join(' → ')}. Unlink ` +
        'one of these first, or turn the new link round.',
    );
    this.relation = relation;
    this.path = path;
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
