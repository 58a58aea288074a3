import pg from 'pg';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { verifyRecord } from '../../src/verify/verify.js';
import { createBarePostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { fillRecord } from '../verify/record.js';

/** As docs/operations.md grants. */
const grants = (role: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role};
  REVOKE UPDATE, DELETE ON revision, reference_revision, feed_entry, development_version, audit_entry FROM ${role};
  GRANT UPDATE (until, countries) ON development_version TO ${role}`;

describeWithDatabase('a service with a role of its own', () => {
  test('records and verifies, but cannot change or erase what was published', async () => {
    await using database = await createBarePostgres();
    const owner = await openDatabase(database.location);
    const name = new URL(database.location.url).pathname.slice(1);
    const role = `service_${name}`;
    await owner.pool.query(`CREATE ROLE ${role} LOGIN`);
    try {
      await owner.pool.query(grants(role));
      const url = new URL(database.location.url);
      url.username = role;
      {
        await using service = await openDatabase({ kind: 'postgres', url: url.href, poolSize: 2 });
        await fillRecord(service.db);
        expect((await verifyRecord(service.db, 10)).findings.listed()).toEqual([]);
        for (const statement of [
          "SET doctrine_wire.erasing = 'yes'; UPDATE revision SET editor = 'x'",
          'DELETE FROM feed_entry',
          'TRUNCATE revision',
          'UPDATE development_version SET revision = 1',
          "SELECT erase_revision(development_id, number, 'x', 'y') FROM revision",
          "SELECT erase_beside(id, 'x') FROM development",
          "SELECT erase_reference(id, 1, 'x') FROM actor",
          'UPDATE audit_entry SET actor = NULL',
          'DELETE FROM audit_entry',
          'ALTER TABLE revision DISABLE TRIGGER ALL',
        ]) {
          await expect(service.pool.query(statement), statement).rejects.toBeInstanceOf(pg.DatabaseError);
          await expect(service.pool.query(statement), statement).rejects.toMatchObject({ code: '42501' });
        }
      }
    } finally {
      await owner.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await owner[Symbol.asyncDispose]();
    }
  });
});
