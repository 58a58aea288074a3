import { testStateMachine } from './state-machine.js';

testStateMachine();
