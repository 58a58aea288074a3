import { z } from 'zod';
import { insertMany, type SqlTransaction } from '../database/bulk-write.js';
import { Prisma } from '../generated/prisma/client.js';
import { problemOf } from './rules/content-rules.js';

const instant = z.iso.datetime({ precision: 3 });

const noteLine = z.strictObject({
  id: z.guid(),
  developmentId: z.guid(),
  field: z.string().nullable(),
  text: z.string().min(1),
  author: z.string().min(1),
  replyToId: z.guid().nullable(),
  recordedAt: instant,
  resolvedAt: instant.nullable(),
  resolvedBy: z.string().nullable(),
  mentions: z.array(z.strictObject({ name: z.string().min(1), readAt: instant.nullable() })),
});

/** A note of an editor in an export. They follow the revisions, each after the note that it replies to. */
export type NoteLine = z.output<typeof noteLine>;

/** Reads all notes. Replies are to first notes of conversations, so these come first. */
export const NOTES = Prisma.sql`
  SELECT id::text AS id, development_id::text AS "developmentId", field, text, author, reply_to_id::text AS "replyToId",
         recorded_at AS "recordedAt", resolved_at AS "resolvedAt", resolved_by AS "resolvedBy",
         coalesce((SELECT json_agg(json_build_object('name', name, 'readAt', to_char(
                     read_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY name COLLATE "C")
                   FROM note_mention WHERE note_id = note.id), '[]'::json) AS mentions
  FROM note ORDER BY reply_to_id IS NOT NULL, id`;

/** Checks the notes of an export, in their order. */
export class NoteRules {
  /** The development of each note that began a conversation. */
  readonly #first = new Map<string, string>();

  /**
   * Returns the first rule that a note breaks; undefined if it keeps all.
   *
   * @param isKnown Whether the export has a development.
   */
  check(row: unknown, isKnown: (developmentId: string) => boolean): string | undefined {
    const problem = problemOf(noteLine, row);
    if (problem !== undefined) return problem;
    const { id, developmentId, replyToId, resolvedAt, resolvedBy } = row as NoteLine;
    if (!isKnown(developmentId))
      return `developmentId: Expected a development of the export; got ${developmentId}.`;
    if ((resolvedAt === null) !== (resolvedBy === null)) {
      return 'resolvedBy: Expected a name with the time of a resolution, and none without it.';
    }
    if (this.#first.has(id)) return `id: Expected each id once; got ${id} again.`;
    if (replyToId === null) this.#first.set(id, developmentId);
    else if (this.#first.get(replyToId) !== developmentId) {
      return `replyToId: Expected the first note of a conversation on the same development; got ${replyToId}.`;
    }
    return undefined;
  }
}

/** Writes notes of an export, which has checked them. */
export async function restoreNotes(tx: SqlTransaction, notes: readonly NoteLine[]): Promise<void> {
  await insertMany(
    tx,
    'note',
    notes.map(({ mentions: _, ...note }) => note),
  );
  await insertMany(
    tx,
    'note_mention',
    notes.flatMap(({ id, mentions }) => mentions.map(({ name, readAt }) => ({ name, noteId: id, readAt }))),
  );
}
