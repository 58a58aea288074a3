import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import {
  type DevelopmentKind,
  Prisma,
  type ProposalAct,
  type ProposalState,
} from '../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../access.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { parseInput, text } from '../input.js';
import { parseSlug } from '../references/lookup.js';
import type { StateCount } from '../review/drafts.js';

const { raw, sql } = Prisma;

/** A proposal as it is stored. */
export interface ProposalRow {
  readonly id: string;
  readonly act: ProposalAct;
  readonly kind: DevelopmentKind;
  readonly state: ProposalState;
  readonly author: string;
  readonly isByMachine: boolean;
  readonly reason: string | null;
  readonly developmentId: string | null;
  readonly baseRevision: number | null;
  readonly content: DevelopmentContent;
  readonly fields: readonly string[];
  readonly assignee: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decision: string | null;
  readonly accepted: readonly string[];
  readonly revision: number | null;
  readonly recordedAt: Date;
}

const COLUMNS = sql`
  it.id::text AS id, it.act::text AS act, it.kind::text AS kind, it.state::text AS state, it.author,
  it.is_by_machine AS "isByMachine", it.reason, it.development_id::text AS "developmentId",
  it.base_revision AS "baseRevision", it.content, it.fields, it.assignee, it.decided_by AS "decidedBy",
  it.decided_at AS "decidedAt", it.decision, it.accepted, it.revision, it.recorded_at AS "recordedAt"`;

/** The proposals to list. */
export interface ProposalFilter {
  readonly state?: readonly ProposalState[] | null | undefined;
  readonly act?: readonly ProposalAct[] | null | undefined;
  readonly author?: string | null | undefined;
  readonly assignee?: string | null | undefined;
  readonly isByMachine?: boolean | null | undefined;
  /** The slug of the development that they change, or an earlier one. */
  readonly development?: string | null | undefined;
}

/**
 * Returns the condition on the row `it`.
 *
 * @throws {InvalidInputError} For a malformed name or slug.
 */
export function proposalsWhere({
  state,
  act,
  author,
  assignee,
  isByMachine,
  development,
}: ProposalFilter): Prisma.Sql {
  const conditions = [
    ...(state && state.length > 0 ? [sql`it.state = ANY (${[...state]}::text[]::"ProposalState"[])`] : []),
    ...(act && act.length > 0 ? [sql`it.act = ANY (${[...act]}::text[]::"ProposalAct"[])`] : []),
    ...(author == null ? [] : [sql`it.author = ${parseInput(text(300), author, 'author')}`]),
    ...(assignee == null ? [] : [sql`it.assignee = ${parseInput(text(300), assignee, 'assignee')}`]),
    ...(isByMachine == null ? [] : [sql`it.is_by_machine = ${isByMachine}`]),
    ...(development == null
      ? []
      : [
          sql`it.development_id = (SELECT development_id FROM development_slug WHERE slug = ${parseSlug(development, 'development')})`,
        ]),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : sql`true`;
}

/** A page of proposals: rows beyond the bounds. */
export interface ProposalPage {
  readonly columns: readonly { readonly direction: 'asc' | 'desc' }[];
  readonly bounds: readonly {
    readonly values: readonly unknown[];
    readonly isAfter: boolean;
    readonly isInclusive: boolean;
  }[];
  readonly take: number;
}

/** Reads a page of proposals in the order in which they came, or the newest first. One SQL statement. */
export function readProposals(
  db: Transaction,
  where: Prisma.Sql,
  { columns, bounds, take }: ProposalPage,
): Promise<ProposalRow[]> {
  const direction = columns[0]?.direction ?? 'desc';
  const way = raw(direction);
  const beyond = bounds.map(({ values: [value, id], isAfter, isInclusive }) => {
    const strict = (direction === 'asc') === isAfter ? '>' : '<';
    const comparison = raw(isInclusive ? `${strict}=` : strict);
    return sql`(it.recorded_at, it.id) ${comparison} (${(value as Date).toISOString()}::timestamptz, ${id as string}::uuid)`;
  });
  return read<ProposalRow>(
    db,
    sql`
      SELECT ${COLUMNS} FROM proposal AS it
      WHERE ${Prisma.join([where, ...beyond], ' AND ')}
      ORDER BY it.recorded_at ${way}, it.id ${way} LIMIT ${take}`,
  );
}

/** Counts proposals up to a limit. One SQL statement. */
export async function countProposals(db: Transaction, where: Prisma.Sql, limit: number): Promise<number> {
  const [row] = await read<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM (SELECT FROM proposal AS it WHERE ${where} LIMIT ${limit}) AS it`,
  );
  return row?.count ?? 0;
}

const STATES: readonly ProposalState[] = ['RECEIVED', 'IN_REVIEW', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'];

/** Counts proposals by state, each up to a limit, in the order of states. */
export const countProposalsByState = (
  db: Transaction,
  where: Prisma.Sql,
  limit: number,
): Promise<StateCount<ProposalState>[]> =>
  read<StateCount<ProposalState>>(
    db,
    sql`
      SELECT wanted.state, (
        SELECT count(*)::int FROM (
          SELECT FROM proposal AS it WHERE it.state = wanted.state::"ProposalState" AND ${where} LIMIT ${limit}
        ) AS it
      ) AS count
      FROM unnest(${[...STATES]}::text[]) WITH ORDINALITY AS wanted (state, at) ORDER BY wanted.at`,
  );

/** Finds proposals by id that the viewer may see: editors all of them, others their own. */
export async function findProposals(
  db: Transaction,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ProposalRow[]> {
  if (viewer.role === 'READER') return [];
  const own = canEdit(viewer) ? sql`true` : sql`it.author = ${viewer.name}`;
  return read<ProposalRow>(
    db,
    sql`SELECT ${COLUMNS} FROM proposal AS it WHERE it.id = ANY (${[...ids]}::uuid[]) AND ${own}`,
    { prepared: true },
  );
}
