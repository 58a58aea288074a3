import { expect } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { verifyRecord } from '../../src/verify/verify.js';

/** Expects the record to violate no rule. */
export async function expectVerified(db: Database): Promise<void> {
  const { findings } = await verifyRecord(db, 20);
  expect(findings.listed()).toEqual([]);
}
