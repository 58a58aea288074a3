import { expect, test } from 'vitest';
import { killAgainAndAgain, report } from '../faults/kill.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';

describeWithDatabase('on PostgreSQL', () => {
  test('kill -9 of the server during writes loses no acknowledged write', {
    timeout: 300_000,
  }, async () => {
    await using database = await createPostgres();
    const killed = await killAgainAndAgain(database.location, { DATABASE_URL: database.location.url }, 3);
    report(killed);
    expect(killed.acknowledged).toBeGreaterThan(30);
  });
});
