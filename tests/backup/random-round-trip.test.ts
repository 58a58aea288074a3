import { createDatabase } from '../support/database.js';
import { describeRandomRoundTrip } from './round-trip.js';

describeRandomRoundTrip(() => createDatabase());
