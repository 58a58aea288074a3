import { v7 as newId } from 'uuid';
import type { Database, Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';

const { sql } = Prisma;

/** How long the lease of an instance lasts that does not renew it, by the database's clock. */
const DURATION = '15 seconds';

/** Another instance watches now: this one was not heard of for too long. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** The right of one instance to fetch watched feeds. */
export interface Lease {
  /** Takes or renews it. Returns whether this instance has it. */
  take(): Promise<boolean>;
  /**
   * Makes a transaction fail unless this instance has the lease until its end.
   *
   * @throws {LeaseLostError}
   */
  hold(tx: Transaction): Promise<void>;
  /** Gives the lease up, so that another instance can take it. */
  release(): Promise<void>;
}

export function createLease(db: Database): Lease {
  const holder = newId();
  return {
    take: async () => {
      const count = await db.$executeRaw`
        INSERT INTO watch_lease (id, holder, expires_at) VALUES (true, ${holder}::uuid, now() + ${DURATION}::interval)
        ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
        WHERE watch_lease.holder = excluded.holder OR watch_lease.expires_at < now()`;
      return count > 0;
    },
    hold: async (tx) => {
      // The row stays locked, so nobody takes over before the commit.
      const rows = await read<object>(
        tx,
        sql`SELECT FROM watch_lease WHERE holder = ${holder}::uuid FOR SHARE`,
      );
      if (rows.length === 0) throw new LeaseLostError('Another instance watches the feeds.');
    },
    release: async () => {
      await db.$executeRaw`DELETE FROM watch_lease WHERE holder = ${holder}::uuid`;
    },
  };
}
