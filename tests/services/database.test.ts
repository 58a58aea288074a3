import { describeAppendOnly } from '../database/append-only.js';
import { describeBulkWrites } from '../database/bulk-write.js';
import { describeConstraints } from '../database/constraints.js';
import { describeDeskOfInbox } from '../database/desk-of-inbox.js';
import { describeReads } from '../database/reads.js';
import { describeMigrations, describeTransactions } from '../database/suites.js';
import { describeWithDatabase } from '../support/fixtures.js';

describeWithDatabase('on PostgreSQL', () => {
  describeReads();
  describeMigrations();
  describeTransactions();
  describeBulkWrites();
  describeConstraints();
  describeAppendOnly();
  describeDeskOfInbox();
});
