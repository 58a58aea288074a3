import { describeConstraints } from './constraints.js';
import { describeMigrations, describeTransactions } from './suites.js';

describeMigrations();
describeTransactions();
describeConstraints();
