import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { JWT_PREFIX } from '../editor-name.js';
import { listOf, parseInput } from '../input.js';
import { type Writer, write } from '../write.js';

const { sql } = Prisma;

/** A note that mentions an editor. */
export interface Mention {
  readonly noteId: string;
  /** When the editor marked it as read. */
  readonly readAt: Date | null;
}

/** Selects the mentions of an editor. */
export interface MentionQuery {
  readonly name: string;
  /** Whether to leave out those that were marked as read. */
  readonly isUnread: boolean;
}

/** The notes before or after a note: ids are in the order of time. */
export interface NoteBound {
  readonly noteId: string;
  readonly isAfter: boolean;
  readonly isInclusive: boolean;
}

interface MentionPage {
  readonly bounds: readonly NoteBound[];
  readonly direction: 'asc' | 'desc';
  readonly take: number;
}

/** Reads a page of the mentions of an editor, by the ids of notes. One SQL statement. */
export function readMentions(
  db: Transaction,
  query: MentionQuery,
  { bounds, direction, take }: MentionPage,
): Promise<Mention[]> {
  const isAscending = direction === 'asc';
  const within = bounds.map(({ noteId, isAfter, isInclusive }) => {
    const comparison = `${isAscending === isAfter ? '>' : '<'}${isInclusive ? '=' : ''}`;
    return sql`AND note_id ${Prisma.raw(comparison)} ${noteId}::uuid`;
  });
  return read(
    db,
    sql`SELECT note_id::text AS "noteId", read_at AS "readAt" FROM note_mention
        WHERE ${isOf(query)} ${within.length === 0 ? Prisma.empty : Prisma.join(within, ' ')}
        ORDER BY note_id ${Prisma.raw(direction)} LIMIT ${take}`,
  );
}

/** Counts the mentions of an editor up to a limit. */
export async function countMentions(db: Transaction, query: MentionQuery, limit: number): Promise<number> {
  const [row] = await read<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM (
          SELECT FROM note_mention WHERE ${isOf(query)} LIMIT ${limit}) AS it`,
    { prepared: true },
  );
  return row?.count ?? 0;
}

const isOf = ({ name, isUnread }: MentionQuery) => sql`name = ${name} AND (read_at IS NULL OR ${!isUnread})`;

/** The most notes that are marked at once. */
const MAX_MARKED = 500;

/**
 * Marks the writer's mentions in notes as read. Notes that do not mention the writer are passed over.
 *
 * @returns How many were unread.
 */
export function markMentionsRead(
  writer: Writer,
  { notes, idempotencyKey }: MarkInput,
): Promise<{ readonly marked: number }> {
  const ids = parseInput(listOf(z.uuid('Expected the key of a note.'), MAX_MARKED), notes, 'notes');
  const request = { operation: 'markMentionsRead', input: notes, idempotencyKey };
  return write(writer, request, async (tx) => {
    const marked = await tx.$executeRaw`
      UPDATE note_mention SET read_at = clock_timestamp()
      WHERE name = ${writer.editor} AND note_id = ANY (${ids}::uuid[]) AND read_at IS NULL`;
    return { result: { marked }, feed: [] };
  });
}

export interface MarkInput {
  readonly notes: readonly string[];
  readonly idempotencyKey?: string | null | undefined;
}

/** Returns the names that no token of an editor has. Names from JWTs are not known, so none of them is returned. */
export async function unknownNames(db: Transaction, names: readonly string[]): Promise<string[]> {
  const checked = names.filter((name) => !name.startsWith(JWT_PREFIX));
  if (checked.length === 0) return [];
  const known = await read<{ name: string }>(
    db,
    sql`SELECT name FROM api_token
        WHERE name = ANY (${checked}::text[]) AND role <> 'READER' AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > now())`,
    { prepared: true },
  );
  const found = new Set(known.map(({ name }) => name));
  return checked.filter((name) => !found.has(name));
}
