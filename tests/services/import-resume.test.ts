import { test } from 'vitest';
import { killAndResume } from '../import/interrupted.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';

describeWithDatabase('on PostgreSQL', () => {
  test('a killed import resumes after its last block, without losing or duplicating rows', {
    timeout: 900_000,
  }, async () => {
    await using database = await createPostgres();
    await killAndResume(database.location, { DATABASE_URL: database.location.url });
  });
});
