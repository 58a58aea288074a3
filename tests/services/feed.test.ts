import { testLatestStates } from '../feed/latest-states.js';
import { testStateMachine } from '../feed/state-machine.js';
import { describeWithDatabase } from '../support/fixtures.js';

describeWithDatabase('on PostgreSQL', () => {
  testStateMachine();
  testLatestStates();
});
