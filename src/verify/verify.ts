import type { Database, Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { readFullHead, readHash } from '../feed/head.js';
import { Prisma } from '../generated/prisma/client.js';
import { RECORD_CHECKS, REVISION_CHECKS } from './checks/index.js';
import { type Comparison, compareProof, type NotedProof } from './noted-proof.js';
import { Findings } from './report.js';
import { walkRevisions } from './walk.js';

/** The numbers of checked objects. */
export interface Extent {
  readonly developments: bigint;
  readonly revisions: bigint;
  /** Revisions whose content was erased. */
  readonly erased: bigint;
  readonly positions: bigint;
  /** Outgoing links of current developments. */
  readonly links: bigint;
}

export interface Verification {
  readonly extent: Extent;
  readonly findings: Findings;
  /** Undefined without a proof. */
  readonly comparison: Comparison | undefined;
}

/** The longest timer in milliseconds: 24 days. */
const NO_LIMIT = 2 ** 31 - 1;

/**
 * Checks the whole record. Writes nothing.
 *
 * Runs in one transaction, so that concurrent writes are not reported as damage. Memory is bounded,
 * independent of the size of the record.
 *
 * @param limit Maximum number of findings kept for each rule.
 * @param proof The end of the chain that somebody noted earlier.
 */
export function verifyRecord(db: Database, limit: number, proof?: NotedProof): Promise<Verification> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      const findings = new Findings(limit);
      const extent = await measure(tx);
      for (const check of RECORD_CHECKS) await check(tx, findings);
      for await (const revision of walkRevisions(tx)) {
        for (const check of REVISION_CHECKS) check(revision, findings);
      }
      return { extent, findings, comparison: proof && (await compare(tx, proof)) };
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: NO_LIMIT },
  );
}

async function compare(tx: Transaction, proof: NotedProof): Promise<Comparison> {
  const last = Number((await readFullHead(tx)).position);
  return compareProof(proof, await readHash(tx, BigInt(proof.position)), last);
}

async function measure(tx: Transaction): Promise<Extent> {
  const [extent] = await read<Extent>(
    tx,
    Prisma.sql`
    SELECT count(*) AS developments, (SELECT count(*) FROM revision) AS revisions,
           (SELECT count(*) FROM revision WHERE salt IS NULL AND status <> 'DRAFT') AS erased,
           (SELECT count(*) FROM feed_entry) AS positions, coalesce(sum(cardinality(links)), 0)::bigint AS links
    FROM development`,
  );
  if (!extent) throw new Error('A count gave no row.');
  return extent;
}
