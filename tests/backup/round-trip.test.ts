import { createDatabase } from '../support/database.js';
import { describeRoundTrip } from './round-trip.js';

describeRoundTrip(() => createDatabase());
