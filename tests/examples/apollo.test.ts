import { describeWall } from './wall.js';

describeWall('apollo');
