import type { Database, Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DevelopmentRef } from '../development/write/commit.js';
import { UnknownSlugError } from '../errors.js';
import { parseSlug } from '../references/lookup.js';
import { type Writer, write } from '../write.js';

/** How long a presence lasts after it was last set, in seconds. Screens set it again every third of it. */
const PRESENCE_SECONDS = 30;

/** An editor who has a development open for editing. */
export interface EditorPresence {
  readonly developmentId: string;
  readonly editor: string;
  readonly since: Date;
  readonly expiresAt: Date;
}

/**
 * Says whether the writer edits a development. It ends by itself after {@link PRESENCE_SECONDS}.
 *
 * @throws {UnknownSlugError}
 */
export function setPresence(
  writer: Writer,
  { slug, editing, idempotencyKey }: PresenceInput,
): Promise<DevelopmentRef> {
  const request = { operation: 'setPresence', input: { slug, editing }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const { id, revision } = await findDevelopment(tx, slug);
    if (editing) {
      // Expired rows are deleted first: an update of one would tell nobody that the editor is back.
      await tx.$executeRaw`
        DELETE FROM presence
        WHERE development_id = ${id}::uuid AND editor = ${writer.editor} AND expires_at <= clock_timestamp()`;
      await tx.$executeRaw`
        INSERT INTO presence (development_id, editor, since, expires_at)
        VALUES (${id}::uuid, ${writer.editor}, clock_timestamp(),
                clock_timestamp() + ${PRESENCE_SECONDS} * interval '1 second')
        ON CONFLICT (development_id, editor) DO UPDATE SET expires_at = excluded.expires_at`;
    } else {
      await tx.$executeRaw`
        DELETE FROM presence WHERE development_id = ${id}::uuid AND editor = ${writer.editor}`;
    }
    return { result: { id, revision, isUnchanged: true }, feed: [] };
  });
}

export interface PresenceInput {
  readonly slug: string;
  readonly editing: boolean;
  readonly idempotencyKey?: string | null | undefined;
}

/** Finds a development that has or had the slug. @throws {UnknownSlugError} */
export async function findDevelopment(
  tx: Transaction,
  slug: string,
): Promise<{ readonly id: string; readonly revision: number }> {
  const [row] = await read<{ id: string; revision: number }>(
    tx,
    Prisma.sql`
      SELECT development.id::text AS id, development.revision FROM development_slug
      JOIN development ON development.id = development_slug.development_id
      WHERE development_slug.slug = ${parseSlug(slug)}`,
  );
  if (!row) throw new UnknownSlugError('Development', slug);
  return row;
}

/** Lists who edits the developments now, in the order in which they began. One SQL statement. */
export function readPresences(db: Transaction, developmentIds: readonly string[]): Promise<EditorPresence[]> {
  return read(
    db,
    Prisma.sql`
      SELECT development_id::text AS "developmentId", editor, since, expires_at AS "expiresAt" FROM presence
      WHERE development_id = ANY (${[...developmentIds]}::uuid[]) AND expires_at > clock_timestamp()
      ORDER BY since, editor`,
    { prepared: true },
  );
}

/** Deletes presences that have expired, which tells the desk. Returns whether there were any. */
export async function endPresences(db: Database): Promise<boolean> {
  // Most often there is none. Asked for first: a DELETE takes a transaction id.
  const [due] = await read(
    db,
    Prisma.sql`SELECT FROM presence WHERE expires_at <= clock_timestamp() LIMIT 1`,
    {
      prepared: true,
    },
  );
  if (!due) return false;
  return (await db.$executeRaw`DELETE FROM presence WHERE expires_at <= clock_timestamp()`) > 0;
}
