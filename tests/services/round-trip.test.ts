import { describeRandomRoundTrip, describeRoundTrip } from '../backup/round-trip.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';

describeWithDatabase('on PostgreSQL', () => {
  describeRoundTrip(() => createPostgres());
  describeRandomRoundTrip(() => createPostgres());
});
