import type { DevelopmentChange, ReferenceChange } from '../feed/hash-chain.js';
import type {
  DevelopmentStatus,
  DuplicateKind,
  DuplicateVerdict,
  ReferenceKind as RevisedKind,
} from '../generated/prisma/client.js';

/** The version of the format. */
export const FORMAT_VERSION = 3;

/** The version before the hash chain. Imports read it and make the chain. */
export const UNCHAINED_VERSION = 1;

/** The version before references had revisions. Imports read it and make the first ones, after the last position. */
export const BEFORE_REFERENCES_VERSION = 2;

/** The first line of an export. */
export interface Header {
  /** The version of doctrine-wire that wrote it. */
  readonly doctrineWire: string;
  readonly version: number;
  readonly exportedAt: string;
  /** The last position of the feed. */
  readonly position: number;
}

/** The kinds of references, in their order in an export. */
export const REFERENCES = ['actor', 'topic', 'source', 'treaty', 'weaponSystem', 'doctrine'] as const;

export type ReferenceKind = (typeof REFERENCES)[number];

/** A revision of a development. Drafts come first, the others in the order of the feed. */
export interface RevisionLine {
  readonly revision: {
    readonly developmentId: string;
    readonly number: number;
    readonly status: DevelopmentStatus;
    readonly changedFields: readonly string[];
    readonly editor: string;
    readonly reason: string | null;
    readonly recordedAt: string;
    readonly snapshot: unknown;
  };
  /** Columns of its development as of this revision. */
  readonly development: { readonly recordedAt: string; readonly publishedAt: string | null };
  /** The salt of its commitment, in hexadecimal. Null for a draft and for an erased revision. */
  readonly salt: string | null;
  /** Its feed entry; null for a draft. */
  readonly entry: EntryLine | null;
}

/** A revision of a reference. These lines stand among those of developments, in the order of the feed. */
export interface ReferenceRevisionLine {
  readonly referenceRevision: {
    readonly referenceId: string;
    readonly number: number;
    readonly kind: RevisedKind;
    readonly changedFields: readonly string[];
    readonly editor: string;
    readonly reason: string | null;
    readonly recordedAt: string;
    readonly snapshot: unknown;
  };
  /** The salt of its commitment, in hexadecimal. Null for an erased revision. */
  readonly salt: string | null;
  readonly entry: Omit<EntryLine, 'change'> & { readonly change: ReferenceChange };
}

export interface EntryLine {
  readonly position: number;
  readonly change: DevelopmentChange;
  readonly recordedAt: string;
  /** SHA-256 of the salted revision, in hexadecimal. */
  readonly commitment: string;
  /** SHA-256 of the entry with the hash before it, in hexadecimal. */
  readonly hash: string;
}

/** A judgement whether two entries are one thing. These lines come after the revisions. */
export interface JudgementLine {
  readonly judgement: {
    readonly id: string;
    readonly kind: DuplicateKind;
    readonly oneId: string;
    readonly otherId: string;
    readonly verdict: DuplicateVerdict;
    readonly reason: string | null;
    readonly editor: string;
    readonly compared: string;
    readonly recordedAt: string;
  };
}

/** The last line. An export without it was cut off. */
export interface EndLine {
  readonly end: Extent & {
    /** The hash of the last entry. */
    readonly hash: string;
    /** SHA-256 of all lines before this one, with their line ends, in hexadecimal. */
    readonly sha256: string;
  };
}

/** The size of an export. */
export interface Extent {
  readonly references: number;
  readonly developments: number;
  readonly revisions: number;
  readonly positions: number;
  /** Absent in exports of before revisions of references. */
  readonly referenceRevisions?: number;
  /** Absent in exports of before judgements. */
  readonly judgements?: number;
}
