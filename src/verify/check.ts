import type { Transaction } from '../database/open.js';
import type { DevelopmentContent } from '../domain/development/content.js';
import type {
  Development,
  DevelopmentStatus,
  DevelopmentVersion,
  ExternalId,
  FeedChange,
} from '../generated/prisma/client.js';
import type { Known } from './known.js';
import type { Findings } from './report.js';

/** A rule that a statement over the whole record can tell. */
export type RecordCheck = (tx: Transaction, findings: Findings) => Promise<void>;

/**
 * A rule that one revision can tell, with what stands around it. The revisions of a development come in the
 * order of their numbers.
 */
export type RevisionCheck = (revision: CheckedRevision, findings: Findings) => void;

/** What a revision is by itself. */
export interface OneRevision {
  readonly developmentId: string;
  readonly number: number;
  readonly status: DevelopmentStatus;
  readonly changedFields: readonly string[];
  readonly recordedAt: Date;
  /** What its snapshot says; undefined where that has not the shape of a content. */
  readonly content: DevelopmentContent | undefined;
  /** What is wrong with the shape of its snapshot. */
  readonly problems: readonly string[];
  readonly entry: { readonly position: bigint; readonly change: FeedChange } | undefined;
  /** No revision of the development has a greater number. */
  readonly isNewest: boolean;
}

/** A revision, with what the rest of the record has about it. */
export interface CheckedRevision extends OneRevision {
  /** How findings name it. */
  readonly name: string;
  /** The revision before. */
  readonly before: OneRevision | undefined;
  /** The last position that tells of one before. */
  readonly lastPosition: bigint | undefined;
  /** When the development was first written down, by its first revision. */
  readonly firstRecordedAt: Date;
  /** When it was published, by its first revision that is no draft. */
  readonly publishedAt: Date | null;
  readonly development: Development | undefined;
  readonly version: DevelopmentVersion | undefined;
  /** The keys that lead to the development. */
  readonly externalIds: readonly ExternalId[];
  readonly known: Known;
}
