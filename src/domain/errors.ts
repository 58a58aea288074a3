import type { DevelopmentStatus } from '../generated/prisma/enums.js';
import type { LinkRelation } from './development/content/vocabulary.js';

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

/** Another development has the slug, or had it before it was renamed. */
export class SlugTakenError extends DomainError {
  override readonly name = 'SlugTakenError';
  readonly code = 'SLUG_TAKEN';
  readonly slug: string;
  /** The field of the input that has the slug. */
  readonly path: 'slug' | 'newSlug';

  constructor(slug: string, path: 'slug' | 'newSlug') {
    super(
      `The slug "${slug}" belongs to another development. Choose another slug, or omit it to have one generated.`,
    );
    this.slug = slug;
    this.path = path;
  }
}

/** The development's status does not allow the change. */
export class WrongStatusError extends DomainError {
  override readonly name = 'WrongStatusError';
  readonly code = 'WRONG_STATUS';
  readonly path = 'slug';
  readonly slug: string;
  readonly status: DevelopmentStatus;

  constructor(slug: string, status: DevelopmentStatus, expected: string) {
    super(
      `The development "${slug}" is ${status}; expected ${expected}. Reload it to see what changed its status.`,
    );
    this.slug = slug;
    this.status = status;
  }
}

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

/** A published development would have no citation. */
export class CitationRequiredError extends DomainError {
  override readonly name = 'CitationRequiredError';
  readonly code = 'CITATION_REQUIRED';
  readonly slug: string;
  /** The field of the input to change. A draft to publish is at fault itself. */
  readonly path: 'citations' | 'slug';

  constructor(slug: string, path: 'citations' | 'slug') {
    super(
      `A published development needs a citation; "${slug}" would have none. Set citations, or call addCitation ` +
        'before you publish.',
    );
    this.slug = slug;
    this.path = path;
  }
}

/** The development has no citation or claim with the id in the input. */
export class UnknownEvidenceError extends DomainError {
  override readonly name = 'UnknownEvidenceError';
  readonly code = 'UNKNOWN_EVIDENCE';
  readonly what: 'Citation' | 'Claim';
  /** Its key within the development. */
  readonly key: string;

  constructor(what: 'Citation' | 'Claim', key: string) {
    const list = what === 'Citation' ? 'citations' : 'claims';
    super(
      `The development has no ${what} with the key "${key}". Read the current keys from its ${list}: a revision ` +
        'that replaces citations can change them.',
    );
    this.what = what;
    this.key = key;
  }

  /** The field of the input that has the key. */
  get path(): string {
    return this.what.toLowerCase();
  }
}

/** The link would close a cycle of a relation that must not have any. */
export class LinkCycleError extends DomainError {
  override readonly name = 'LinkCycleError';
  readonly code = 'LINK_CYCLE';
  readonly path = 'to';
  readonly relation: LinkRelation;
  /** The slugs along the existing path, from the new link's `to` back to its `from`. */
  readonly cycle: readonly string[];

  constructor(relation: LinkRelation, cycle: readonly string[]) {
    super(
      `${relation} links must not form a cycle; this path exists already: ${cycle.join(' → ')}. Remove one of its ` +
        'links first, or reverse the new link.',
    );
    this.relation = relation;
    this.cycle = cycle;
  }
}

/** The code of an erasure is unknown, was used, or has expired. */
export class UnknownErasureCodeError extends DomainError {
  override readonly name = 'UnknownErasureCodeError';
  readonly code = 'UNKNOWN_ERASURE_CODE';
  readonly path = 'code';

  constructor() {
    super(
      'Expected a code of requestErasure that was not used and is at most 15 minutes old. Request the erasure again.',
    );
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

/** Another development has the external id. */
export class ExternalIdTakenError extends DomainError {
  override readonly name = 'ExternalIdTakenError';
  readonly code = 'EXTERNAL_ID_TAKEN';
  readonly dataset: string;
  readonly value: string;

  constructor(dataset: string, value: string) {
    super(`The external id ${JSON.stringify(value)} of ${dataset} is in the record already.`);
    this.dataset = dataset;
    this.value = value;
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
