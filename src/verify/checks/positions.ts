import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';

const { sql } = Prisma;

/** POSITION_GAP: positions start at 1 and have no gaps. */
export const positionsHaveNoGaps: RecordCheck = async (tx, findings) => {
  const gaps = each<{ position: bigint; before: bigint }>(
    tx,
    sql`SELECT position, before
        FROM (SELECT position, lag(position, 1, 0::bigint) OVER (ORDER BY position) AS before FROM feed_entry) AS it
        WHERE position <> before + 1`,
  );
  for await (const { position, before } of gaps) {
    findings.add(
      'POSITION_GAP',
      `position ${position}`,
      `position ${before + 1n} next`,
      `position ${position}`,
    );
  }
};

/** POSITION_GAP, POSITION_TIME: the head has the last position, and its time. */
export const headIsLast: RecordCheck = async (tx, findings) => {
  const [it] = await read<HeadRow>(
    tx,
    sql`
    SELECT (SELECT count(*) FROM feed_head) AS heads, head.position, head.recorded_at AS "recordedAt",
           coalesce(last.position, 0::bigint) AS "lastPosition", last.recorded_at AS "lastRecordedAt"
    FROM (SELECT 1) AS one
    LEFT JOIN feed_head AS head ON head.id = 1
    LEFT JOIN LATERAL (SELECT position, recorded_at FROM feed_entry ORDER BY position DESC LIMIT 1) AS last ON true`,
  );
  if (it?.heads !== 1n || it.position === null) {
    findings.add('POSITION_GAP', 'the head of the feed', 'one row, with the id 1', `${it?.heads ?? 0} rows`);
    return;
  }
  if (it.position !== it.lastPosition) {
    const expected =
      it.lastPosition === 0n ? '0, as there are no entries' : `the last entry’s, ${it.lastPosition}`;
    findings.add('POSITION_GAP', 'the head’s position', expected, String(it.position));
  }
  if (it.recordedAt?.getTime() !== it.lastRecordedAt?.getTime()) {
    const expected = `the last entry’s, ${shownTime(it.lastRecordedAt)}`;
    findings.add('POSITION_TIME', 'the head’s time', expected, shownTime(it.recordedAt));
  }
};

interface HeadRow {
  readonly heads: bigint;
  readonly position: bigint | null;
  readonly recordedAt: Date | null;
  readonly lastPosition: bigint;
  readonly lastRecordedAt: Date | null;
}

const shownTime = (time: Date | null) => time?.toISOString() ?? 'none';

/** POSITION_TIME: times never decrease. */
export const timesGoOn: RecordCheck = async (tx, findings) => {
  const steps = each<{ position: bigint; at: Date; before: Date }>(
    tx,
    sql`SELECT position, recorded_at AS at, before
        FROM (SELECT position, recorded_at, lag(recorded_at) OVER (ORDER BY position) AS before FROM feed_entry) AS it
        WHERE recorded_at < before`,
  );
  for await (const { position, at, before } of steps) {
    const expected = `a time not before the last one’s, ${shownTime(before)}`;
    findings.add('POSITION_TIME', `position ${position}`, expected, shownTime(at));
  }
};
