import { read } from '../database/read.js';
import type { Writer } from '../domain/write.js';
import { Prisma } from '../generated/prisma/client.js';

/**
 * When the example record was made: the references first, then the developments, the correction of a date, and the links.
 * So the example can be asked what it said in January 2026. Writes of one part are a minute apart.
 */
const PARTS = {
  references: Date.parse('2025-11-24T09:00:00Z'),
  developments: Date.parse('2025-12-01T09:00:00Z'),
  correction: Date.parse('2026-02-16T10:00:00Z'),
  links: Date.parse('2026-03-02T09:00:00Z'),
} as const;

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Gives the write at an index within a part of the history its time. */
export type WriterAt = (part: keyof typeof PARTS, index: number) => Writer;

/** Returns writers in the past, or of the present if the feed has later entries: its times do not go back. */
export async function openHistory(writer: Writer): Promise<WriterAt> {
  const isOver = (await readLastTime(writer)) > PARTS.links + DAY;
  return (part, index) => (isOver ? writer : { ...writer, at: new Date(PARTS[part] + index * MINUTE) });
}

/** Returns the time of the last entry of the feed, in milliseconds since the epoch; 0 without entries. */
async function readLastTime({ db }: Writer): Promise<number> {
  const [head] = await read<{ at: Date | null }>(db, Prisma.sql`SELECT recorded_at AS at FROM feed_head`);
  return head?.at?.getTime() ?? 0;
}
