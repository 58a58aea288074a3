import type { Transaction } from '../../../database/open.js';
import { type DevelopmentStatus, Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';
import {
  countRanges,
  type RevisionPage,
  type RevisionRange,
  type RevisionTable,
  readRanges,
} from '../../revision-ranges.js';

const { sql } = Prisma;

/** A revision without its snapshot. */
export interface RevisionRow {
  readonly developmentId: string;
  readonly number: number;
  readonly status: DevelopmentStatus;
  readonly changedFields: readonly string[];
  readonly editor: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  /** The act that wrote it together with others. */
  readonly act: string | null;
  /** The time of its feed position. Null for a draft. */
  readonly publishedAt: Date | null;
}

const REVISIONS: RevisionTable = { table: 'revision', owner: 'development_id' };

const COLUMNS = sql`
  wanted.id::text AS "developmentId", it.number, it.status::text AS status, it.changed_fields AS "changedFields",
  it.editor, it.reason, it.recorded_at AS "recordedAt", it.act`;

const isVisible = (viewer: Viewer) => sql`(status <> 'DRAFT' OR ${canEdit(viewer)})`;

/** Reads the first revisions of each range, in order of their numbers. Only editors get drafts. One SQL statement. */
export const readRevisions = (
  db: Transaction,
  viewer: Viewer,
  ranges: readonly RevisionRange[],
  page: RevisionPage,
): Promise<RevisionRow[][]> =>
  readRanges(db, REVISIONS, { columns: COLUMNS, isVisible: isVisible(viewer) }, ranges, page);

/** Counts the revisions of each range up to a limit. Only editors have drafts counted. One SQL statement. */
export const countRevisions = (
  db: Transaction,
  viewer: Viewer,
  ranges: readonly RevisionRange[],
  limit: number,
): Promise<number[]> => countRanges(db, REVISIONS, isVisible(viewer), ranges, limit);
