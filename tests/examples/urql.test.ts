import { describeWall } from './wall.js';

describeWall('urql');
