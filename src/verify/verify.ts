import type { Database, Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma } from '../generated/prisma/client.js';
import { RECORD_CHECKS, REVISION_CHECKS } from './checks/index.js';
import { Findings } from './report.js';
import { walkRevisions } from './walk.js';

/** What was checked. */
export interface Extent {
  readonly developments: bigint;
  readonly revisions: bigint;
  readonly positions: bigint;
  /** Those that go out from developments as they are now. */
  readonly links: bigint;
}

export interface Verification {
  readonly extent: Extent;
  readonly findings: Findings;
}

/** A timer takes no more milliseconds than these: 24 days. */
const NO_LIMIT = 2 ** 31 - 1;

/**
 * Reads the whole record and finds what breaks a rule. Writes nothing.
 *
 * One transaction sees the record as it stood when it began, so that what a server writes meanwhile is no
 * damage. Takes a bounded amount of memory, however large the record.
 *
 * @param limit How many findings of each rule are kept.
 */
export function verifyRecord(db: Database, limit: number): Promise<Verification> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      const findings = new Findings(limit);
      const extent = await measure(tx);
      for (const check of RECORD_CHECKS) await check(tx, findings);
      for await (const revision of walkRevisions(tx)) {
        for (const check of REVISION_CHECKS) check(revision, findings);
      }
      return { extent, findings };
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: NO_LIMIT },
  );
}

async function measure(tx: Transaction): Promise<Extent> {
  const [extent] = await read<Extent>(
    tx,
    Prisma.sql`
    SELECT count(*) AS developments, (SELECT count(*) FROM revision) AS revisions,
           (SELECT count(*) FROM feed_entry) AS positions, coalesce(sum(cardinality(links)), 0)::bigint AS links
    FROM development`,
  );
  if (!extent) throw new Error('A count gave no row.');
  return extent;
}
