import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import { erasedContent } from '../../src/domain/development/content/erased.js';
import { erasedReference } from '../../src/domain/references/history/erased.js';
import { seedDossier } from '../../src/dossier/load.js';
import type { ReferenceKind } from '../../src/generated/prisma/client.js';
import { verifyRecord } from '../../src/verify/verify.js';
import { fillRecord } from '../verify/record.js';
import { openTestDatabase } from './suites.js';

// Runs on the embedded database (here) and on PostgreSQL (tests/services).

/** A revision of a reference, and what the database leaves of it. */
interface Erased {
  readonly kind: ReferenceKind;
  readonly id: string;
  readonly snapshot: never;
  readonly erased: object;
}

const REFUSED = [
  "UPDATE revision SET editor = 'somebody else'",
  'DELETE FROM revision',
  'TRUNCATE revision CASCADE',
  "UPDATE reference_revision SET editor = 'x'",
  'DELETE FROM reference_revision',
  'TRUNCATE reference_revision CASCADE',
  'UPDATE feed_entry SET recorded_at = now()',
  'DELETE FROM feed_entry',
  'TRUNCATE feed_entry CASCADE',
  "UPDATE development_version SET words = ''",
  "UPDATE development_version SET status = 'RETRACTED'",
  'UPDATE development_version SET until = until - 1 WHERE until < 9223372036854775807',
  'DELETE FROM development_version',
  'TRUNCATE development_version',
];

export function describeAppendOnly(): void {
  describe('the database', () => {
    let opened: Awaited<ReturnType<typeof openTestDatabase>>;

    beforeAll(async () => {
      opened = await openTestDatabase();
      await fillRecord(opened.db);
    });

    afterAll(() => opened?.[Symbol.asyncDispose]());

    for (const statement of REFUSED) {
      test(`refuses: ${statement}`, async () => {
        await expect(opened.pool.query(statement)).rejects.toMatchObject({
          code: '23001',
          message: expect.stringMatching(/are never changed or deleted/),
        });
      });
    }

    test('follows the country of an actor in its versions', async () => {
      await opened.pool.query("UPDATE actor SET country_code = 'RU' WHERE slug = 'speaker'");
      const { rows } = await opened.pool.query(
        "SELECT DISTINCT countries FROM development_version WHERE words LIKE '%''warn''%'",
      );
      expect(rows).toEqual([{ countries: ['RU'] }]);
    });
  });

  describe('erase_revision', () => {
    const erase = 'SELECT erase_revision((SELECT development_id FROM development_slug WHERE slug = $1), $2)';

    test('erases content, salt and copies, and the hash chain still holds', async () => {
      await using opened = await openTestDatabase();
      await fillRecord(opened.db);
      const { rows: before } = await opened.pool.query('SELECT * FROM feed_entry ORDER BY position');
      for (const [slug, number] of [
        ['warning', 1], // An earlier revision, with claims and a quotation.
        ['launch', 1], // Refused below: what readers see.
        ['wrong', 1],
        ['wrong', 2], // The newest of a retracted development.
      ] as const) {
        const erasing = opened.pool.query(erase, [slug, number]);
        if (slug === 'launch')
          await expect(erasing).rejects.toThrow(/Revise or retract the development first/);
        else await erasing;
      }
      const { findings, extent } = await verifyRecord(opened.db, 100);
      expect(findings.listed()).toEqual([]);
      expect(extent.erased).toBe(3n);
      expect((await opened.pool.query('SELECT * FROM feed_entry ORDER BY position')).rows).toEqual(before);
      const { rows } = await opened.pool.query(
        `SELECT (SELECT string_agg(it::text, '') FROM revision AS it WHERE salt IS NULL) ||
                (SELECT string_agg(it::text, '') FROM development_version AS it WHERE revision = 1 AND position IN (9, 12)) ||
                (SELECT it::text FROM development AS it WHERE slug = 'wrong') AS text`,
      );
      for (const word of ['We shall answer', 'Minister', 'It was another', 'A warning'])
        expect(rows[0]?.text).not.toContain(word);
      await expect(opened.pool.query("UPDATE revision SET editor = 'x'")).rejects.toThrow(/never changed/);
      await expect(opened.pool.query(erase, ['warning', 9])).rejects.toThrow(/has no revision 9/);
    });

    test('leaves the same content as the code expects, for every kind', async () => {
      await using opened = await openTestDatabase();
      await seedDossier({ db: opened.db, editor: 'test', wake: () => {} });
      const { rows } = await opened.pool.query<Record<'snapshot' | 'erased' | 'renamed', DevelopmentContent>>(
        `SELECT snapshot, erased_content(snapshot, NULL) AS erased, erased_content(snapshot, 'new') AS renamed
         FROM revision`,
      );
      expect(new Set(rows.map(({ snapshot }) => snapshot.detail.kind)).size).toBe(3);
      for (const { snapshot, erased, renamed } of rows) {
        expect(erased).toEqual(erasedContent(snapshot));
        expect(renamed).toEqual({ ...erasedContent(snapshot), slug: 'new' });
      }
    });

    test('leaves the same of references as the code expects, for every kind', async () => {
      await using opened = await openTestDatabase();
      await seedDossier({ db: opened.db, editor: 'test', wake: () => {} });
      const { rows } = await opened.pool.query<Erased>(
        `SELECT kind, reference_id AS id, snapshot, erased_reference(kind, reference_id, snapshot) AS erased
         FROM reference_revision`,
      );
      expect(new Set(rows.map(({ kind }) => kind)).size).toBe(6);
      for (const { kind, id, snapshot, erased } of rows)
        expect(erased).toEqual(erasedReference(kind, id, snapshot));
      const early =
        "SELECT erase_reference(reference_id, 1, 'x') FROM reference_revision WHERE kind = 'TOPIC'";
      await expect(opened.pool.query(early)).rejects.toThrow(/is what readers see now/);
    });
  });
}
