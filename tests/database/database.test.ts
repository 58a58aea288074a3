import { describeBulkWrites } from './bulk-write.js';
import { describeConstraints } from './constraints.js';
import { describeMigrations, describeTransactions } from './suites.js';

describeMigrations();
describeTransactions();
describeBulkWrites();
describeConstraints();
