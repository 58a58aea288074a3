import { describeWithDatabase } from '../support/fixtures.js';
import { describeVerify } from '../verify/suite.js';

describeWithDatabase('on PostgreSQL', () => {
  describeVerify();
});
