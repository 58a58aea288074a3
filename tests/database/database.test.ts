import { describeConstraints } from './constraints.js';
import { describeMigrations, describeTransactions } from './suites.js';
import { describeUpgrade } from './upgrade.js';

describeMigrations();
describeUpgrade();
describeTransactions();
describeConstraints();
