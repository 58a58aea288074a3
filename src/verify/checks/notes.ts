import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';

/** NOTE: notes and replies lead somewhere. */
export const notesLeadSomewhere: RecordCheck = async (tx, findings) => {
  const loose = each<{ id: string; isOnNothing: boolean; replyToId: string | null }>(
    tx,
    Prisma.sql`
      SELECT it.id::text AS id, development.id IS NULL AS "isOnNothing", it.reply_to_id::text AS "replyToId"
      FROM note AS it
      LEFT JOIN development ON development.id = it.development_id
      LEFT JOIN note AS answered ON answered.id = it.reply_to_id AND answered.development_id = it.development_id
      WHERE development.id IS NULL OR it.reply_to_id IS NOT NULL AND answered.id IS NULL
      ORDER BY it.id`,
  );
  for await (const { id, isOnNothing, replyToId } of loose) {
    const [wanted, found] = isOnNothing
      ? ['a development that it is on', 'no such development']
      : [`the note ${replyToId} on the same development`, 'no such note'];
    findings.add('NOTE', `the note ${id}`, wanted, found);
  }
};
