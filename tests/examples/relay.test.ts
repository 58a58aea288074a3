import { describeWall } from './wall.js';

describeWall('relay');
