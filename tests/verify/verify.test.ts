import { describeVerify } from './suite.js';

describeVerify();
