import type { DevelopmentStatus } from '../../generated/prisma/enums.js';
import { DomainError } from '../errors.js';
import type { LinkRelation } from './content/vocabulary.js';

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
