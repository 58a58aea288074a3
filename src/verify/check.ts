import type { Transaction } from '../database/open.js';
import type { DevelopmentContent } from '../domain/development/content/content.js';
import type {
  Development,
  DevelopmentStatus,
  DevelopmentVersion,
  ExternalId,
  FeedChange,
} from '../generated/prisma/client.js';
import type { Known } from './known.js';
import type { Findings } from './report.js';

/** A check by statements over the whole record. */
export type RecordCheck = (tx: Transaction, findings: Findings) => Promise<void>;

/** A check of one revision and its context. Revisions of a development come in order. */
export type RevisionCheck = (revision: CheckedRevision, findings: Findings) => void;

/** A revision by itself. */
export interface OneRevision {
  readonly developmentId: string;
  readonly number: number;
  readonly status: DevelopmentStatus;
  readonly changedFields: readonly string[];
  readonly recordedAt: Date;
  readonly editor: string;
  readonly reason: string | null;
  /** The salt of its commitment in hexadecimal; null for a draft and for an erased revision. */
  readonly salt: string | null;
  readonly snapshot: unknown;
  /** The content; undefined if the snapshot does not have the shape of one. */
  readonly content: DevelopmentContent | undefined;
  /** Problems of the snapshot's shape. */
  readonly problems: readonly string[];
  readonly entry:
    | { readonly position: bigint; readonly change: FeedChange; readonly commitment: string }
    | undefined;
  /** Whether it is the latest revision of the development. */
  readonly isNewest: boolean;
}

/** A revision and the related rows of the record. */
export interface CheckedRevision extends OneRevision {
  /** Its name in findings. */
  readonly name: string;
  /** The preceding revision. */
  readonly before: OneRevision | undefined;
  /** The last position of the preceding revisions. */
  readonly lastPosition: bigint | undefined;
  /** When the development was first recorded. */
  readonly firstRecordedAt: Date;
  /** When its first revision that is not a draft was published. */
  readonly publishedAt: Date | null;
  readonly development: Development | undefined;
  readonly version: DevelopmentVersion | undefined;
  /** The external ids that lead to the development. */
  readonly externalIds: readonly ExternalId[];
  readonly known: Known;
}
