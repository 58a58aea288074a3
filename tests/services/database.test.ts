import { describeBulkWrites } from '../database/bulk-write.js';
import { describeConstraints } from '../database/constraints.js';
import { describeMigrations, describeTransactions } from '../database/suites.js';
import { describeWithDatabase } from '../support/fixtures.js';

describeWithDatabase('on PostgreSQL', () => {
  describeMigrations();
  describeTransactions();
  describeBulkWrites();
  describeConstraints();
});
