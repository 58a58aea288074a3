import { describeAppendOnly } from './append-only.js';
import { describeBulkWrites } from './bulk-write.js';
import { describeConstraints } from './constraints.js';
import { describeDeskOfInbox } from './desk-of-inbox.js';
import { describeReads } from './reads.js';
import { describeMigrations, describeTransactions } from './suites.js';

describeReads();
describeMigrations();
describeTransactions();
describeBulkWrites();
describeConstraints();
describeAppendOnly();
describeDeskOfInbox();
