import { createEmbedded } from '../support/database.js';
import { describeRoundTrip } from './round-trip.js';

describeRoundTrip(() => createEmbedded());
