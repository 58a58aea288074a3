import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/database/open.js';
import { ClaimField } from '../../src/domain/development/content/vocabulary.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { seedDossier } from '../../src/dossier/load.js';
import { startNewEpoch } from '../../src/feed/epoch.js';
import { RULES } from '../../src/verify/report.js';
import { verifyRecord } from '../../src/verify/verify.js';
import { openTestDatabase } from '../database/suites.js';
import { DAMAGES } from './damage.js';
import { HISTORY_DAMAGES } from './history-damage.js';
import { fillRecord, openToDamage, repair } from './record.js';
import { reseal } from './reseal.js';

// Runs on the embedded database (here) and on PostgreSQL (tests/services).

/** Returns the findings about the record as lines. */
async function findingsOf({ db }: OpenDatabase): Promise<string[]> {
  const { findings } = await verifyRecord(db, 100);
  return findings
    .listed()
    .map(({ code, concerns, expected, found }) => [code, concerns, expected, found].join(' | '));
}

export function describeVerify(): void {
  describe('a record', () => {
    test('is valid if it is empty', async () => {
      await using opened = await openTestDatabase();
      expect(await findingsOf(opened)).toEqual([]);
    });

    test('is valid with the dossier, also in a new epoch', async () => {
      await using opened = await openTestDatabase();
      await seedDossier({ db: opened.db, editor: 'dossier', wake: () => {} });
      expect(await findingsOf(opened)).toEqual([]);
      await startNewEpoch(opened.db);
      expect(await findingsOf(opened)).toEqual([]);
    });

    test('is valid during concurrent writes', async () => {
      await using opened = await openTestDatabase();
      const writer = { db: opened.db, editor: 'test', wake: () => {} };
      await fillRecord(opened.db);
      const write = () => recordDevelopment(writer, 'STATEMENT', { headline: 'Meanwhile', occurred: '2026' });
      const verifications = [findingsOf(opened), findingsOf(opened)];
      await Promise.all(Array.from({ length: 10 }, write));
      expect(await Promise.all(verifications)).toEqual([[], []]);
    });
  });

  describe('damage', () => {
    let opened: OpenDatabase;

    beforeAll(async () => {
      opened = await openTestDatabase();
      await fillRecord(opened.db);
      await openToDamage(opened);
    });

    afterEach(() => repair(opened));

    afterAll(() => opened?.[Symbol.asyncDispose]());

    test('is not caused by the setup of these tests', async () => {
      await repair(opened);
      const { extent, findings } = await verifyRecord(opened.db, 100);
      expect(findings.listed()).toEqual([]);
      expect(extent).toEqual({ developments: 8n, revisions: 13n, erased: 0n, positions: 19n, links: 2n });
    });

    for (const [code, what, ...statements] of DAMAGES) {
      test(`${code} reports ${what}`, async () => {
        for (const statement of statements) {
          const { rowCount } = await opened.pool.query(statement);
          expect(rowCount, statement).toBeGreaterThan(0);
        }
        if (!code.startsWith('HASH')) await reseal(opened);
        const found = await findingsOf(opened);
        expect(new Set(found.map((line) => line.split(' | ')[0])), found.join('\n')).toEqual(new Set([code]));
      });
    }

    for (const [codes, what, where, ...statements] of HISTORY_DAMAGES) {
      test(`to the history is found at its place: ${what}`, async () => {
        for (const statement of statements) {
          const { rowCount } = await opened.pool.query(statement);
          expect(rowCount, statement).toBeGreaterThan(0);
        }
        const found = await findingsOf(opened);
        expect(new Set(found.map((line) => line.split(' | ')[0])), found.join('\n')).toEqual(new Set(codes));
        expect(
          found.some((line) => where.test(line.split(' | ')[1] ?? '')),
          found.join('\n'),
        ).toBe(true);
      });
    }

    test('is tested for every rule', () => {
      const planted = new Set([
        ...DAMAGES.map(([code]) => code),
        ...HISTORY_DAMAGES.flatMap(([codes]) => codes),
      ]);
      expect(Object.keys(RULES).filter((code) => !planted.has(code as keyof typeof RULES))).toEqual([]);
    });

    test('of claims is found whatever their values are, without an exception', async () => {
      for (const value of ['null', '7', '""', '{}', '[]', '[null]', '["A B"]', '[{}]', '{"low": "x"}']) {
        await opened.pool.query(
          `UPDATE revision SET snapshot = jsonb_set(snapshot, '{claims}', (
             SELECT jsonb_agg(snapshot->'claims'->0 || jsonb_build_object('field', it, 'value', $1::jsonb))
             FROM unnest($2::text[]) AS it
           )) WHERE jsonb_array_length(snapshot->'claims') > 0`,
          [value, Object.values(ClaimField)],
        );
        const { findings } = await verifyRecord(opened.db, 100);
        const revisions = 3; // One of the launch and two of the warning.
        expect(new Map(findings.counts).get('CLAIM_VALUE'), value).toBe(
          revisions * Object.values(ClaimField).length,
        );
      }
    });

    test('in many places is counted in full and listed in part, some of each kind', async () => {
      await opened.pool.query(
        "UPDATE development SET words = ''; UPDATE source SET published_latest = '2019-09-01'",
      );
      const { findings } = await verifyRecord(opened.db, 3);
      expect(findings.counts).toEqual([
        ['ROW', 9], // Eight developments and the source.
        ['DATE_BOUNDS', 1],
      ]);
      expect(findings.total).toBe(10);
      expect(findings.listed().map(({ code }) => code)).toEqual(['ROW', 'ROW', 'DATE_BOUNDS']);
    });
  });
}
