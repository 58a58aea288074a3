import { describeConstraints } from './constraints.js';
import { describeReads } from './reads.js';
import { describeMigrations, describeTransactions } from './suites.js';
import { describeUpgrade } from './upgrade.js';

describeReads();
describeMigrations();
describeUpgrade();
describeTransactions();
describeConstraints();
