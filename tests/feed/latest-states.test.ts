import { testLatestStates } from './latest-states.js';

testLatestStates();
