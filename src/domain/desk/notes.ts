import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DevelopmentRef } from '../development/write/commit.js';
import { InvalidInputError } from '../errors.js';
import { parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { mentionedNames } from './mentioned-names.js';
import { findDevelopment } from './presence.js';

const { sql } = Prisma;

/** A note on a development. */
export interface NoteRow {
  readonly id: string;
  readonly developmentId: string;
  /** The field that it is about. */
  readonly field: string | null;
  readonly text: string;
  readonly author: string;
  readonly replyToId: string | null;
  readonly recordedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  /** The names that it mentions, in the order of the alphabet. */
  readonly mentions: readonly string[];
}

/** The most notes on a development. */
const MAX_NOTES = 500;
/** The most names that a note mentions. */
const MAX_MENTIONS = 20;

const noteInput = z.object({
  text: text(5_000),
  field: z
    .string()
    .regex(/^[a-z][A-Za-z]{0,39}$/, 'Expected the name of a field as in changedFields, such as "headline".')
    .nullish(),
  replyTo: z.uuid('Expected the key of a note.').nullish(),
});

export interface NoteInput {
  readonly text: string;
  readonly field?: string | null | undefined;
  readonly replyTo?: string | null | undefined;
}

interface WriteOptions {
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Adds a note to a development.
 *
 * @returns The development, with the id of the note as `made`.
 * @throws {UnknownSlugError}
 * @throws {InvalidInputError} Also for a `replyTo` that is no note on the development.
 */
export function addNote(
  writer: Writer,
  slug: string,
  input: NoteInput,
  { idempotencyKey }: WriteOptions = {},
): Promise<DevelopmentRef> {
  const given = parseNote(input);
  const request = { operation: 'addNote', input: { slug, input }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const { id, revision } = await findDevelopment(tx, slug);
    const made = await insertNote(tx, writer.editor, id, given);
    return { result: { id, revision, isUnchanged: true, made }, feed: [] };
  });
}

type ParsedNote = ReturnType<typeof parseNote>;

/** Checks a note and returns it with the names that it mentions. */
function parseNote(input: NoteInput) {
  const given = parseInput(noteInput, input);
  const names = mentionedNames(given.text);
  if (names.length <= MAX_MENTIONS) return { ...given, names };
  throw InvalidInputError.at('text', `Expected at most ${MAX_MENTIONS} mentions; got ${names.length}.`);
}

/**
 * Writes a note and its mentions, within a transaction that may write more. A reply to a reply answers the first note of
 * the conversation.
 *
 * @returns The id of the note.
 * @throws {InvalidInputError}
 */
async function insertNote(
  tx: Transaction,
  author: string,
  developmentId: string,
  given: ParsedNote,
): Promise<string> {
  await refuseTooMany(tx, developmentId);
  const parent = given.replyTo == null ? undefined : await findNote(tx, given.replyTo, 'replyTo');
  if (parent && parent.developmentId !== developmentId) {
    throw InvalidInputError.at('replyTo', 'Expected a note on the same development.');
  }
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO note (id, development_id, field, text, author, reply_to_id, recorded_at)
    VALUES (${id}::uuid, ${developmentId}::uuid, ${given.field ?? parent?.field ?? null}, ${given.text}, ${author},
            ${parent ? (parent.replyToId ?? parent.id) : null}::uuid, clock_timestamp())`;
  await tx.$executeRaw`
    INSERT INTO note_mention (name, note_id) SELECT unnest(${given.names}::text[]), ${id}::uuid`;
  return id;
}

async function refuseTooMany(tx: Transaction, developmentId: string): Promise<void> {
  const [{ count } = { count: 0 }] = await read<{ count: number }>(
    tx,
    sql`SELECT count(*)::int AS count FROM note WHERE development_id = ${developmentId}::uuid`,
  );
  if (count < MAX_NOTES) return;
  const message = `Expected at most ${MAX_NOTES} notes on a development. This one has as many already.`;
  throw InvalidInputError.at('slug', message);
}

/**
 * Marks a note as resolved, or as open again.
 *
 * @returns The development, with the id of the note as `made`.
 * @throws {InvalidInputError} If there is no such note.
 */
export function resolveNote(
  writer: Writer,
  { note, resolved }: { readonly note: string; readonly resolved: boolean },
  { idempotencyKey }: WriteOptions = {},
): Promise<DevelopmentRef> {
  const request = { operation: 'resolveNote', input: { note, resolved }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const { id, developmentId } = await findNote(tx, note, 'note');
    // The first who resolves it stands.
    await (resolved
      ? tx.$executeRaw`
          UPDATE note SET resolved_at = clock_timestamp(), resolved_by = ${writer.editor}
          WHERE id = ${id}::uuid AND resolved_at IS NULL`
      : tx.$executeRaw`
          UPDATE note SET resolved_at = NULL, resolved_by = NULL
          WHERE id = ${id}::uuid AND resolved_at IS NOT NULL`);
    const { revision } = await tx.development.findUniqueOrThrow({
      where: { id: developmentId },
      select: { revision: true },
    });
    return { result: { id: developmentId, revision, isUnchanged: true, made: id }, feed: [] };
  });
}

async function findNote(tx: Transaction, key: string, path: string): Promise<NoteRow> {
  const id = parseInput(z.uuid('Expected the key of a note.'), key, path);
  const [note] = await readNotes(tx, [id]);
  if (!note) throw InvalidInputError.at(path, 'Expected the key of a note; the desk has none with this key.');
  return note;
}

const NOTE = sql`
  note.id::text AS id, note.development_id::text AS "developmentId", note.field, note.text, note.author,
  note.reply_to_id::text AS "replyToId", note.recorded_at AS "recordedAt", note.resolved_at AS "resolvedAt",
  note.resolved_by AS "resolvedBy",
  ARRAY(SELECT name FROM note_mention WHERE note_id = note.id ORDER BY name COLLATE "C") AS mentions`;

/** Reads notes by id, the first one first. One SQL statement. */
export function readNotes(db: Transaction, ids: readonly string[]): Promise<NoteRow[]> {
  return read(db, sql`SELECT ${NOTE} FROM note WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id`, {
    prepared: true,
  });
}

/** Reads the notes on developments, the first one first. One SQL statement. */
export function readNotesOn(db: Transaction, developmentIds: readonly string[]): Promise<NoteRow[]> {
  return read(
    db,
    sql`SELECT ${NOTE} FROM note WHERE development_id = ANY (${[...developmentIds]}::uuid[]) ORDER BY id`,
    { prepared: true },
  );
}
