import type { DevelopmentStatus, FeedChange } from '../generated/prisma/client.js';

/** The version of the format. Imports read no other. */
export const FORMAT_VERSION = 1;

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
  /** Its feed entry; null for a draft. */
  readonly entry: {
    readonly position: number;
    readonly change: FeedChange;
    readonly recordedAt: string;
  } | null;
}

/** The last line. An export without it was cut off. */
export interface EndLine {
  readonly end: Extent;
}

/** The size of an export. */
export interface Extent {
  readonly references: number;
  readonly developments: number;
  readonly revisions: number;
  readonly positions: number;
}
