import { moratoriumBegins, moratoriumEnds, nuclearDoctrineUpdated } from './doctrine-changes.js';
import type { Entry } from './entry.js';
import { productionReady, russiaSuspendsInf, unitedStatesLeavesInf } from './events.js';
import { exerciseInDenmark, exerciseInPhilippines } from './exercises.js';
import {
  analystsOnDoctrine,
  ministryAnnouncesEnd,
  officialsOnProtection,
  ryabkovInterview,
} from './statements.js';
import { addressToFederalAssembly, missileProductionAnnounced } from './statements-putin.js';

/** All developments in the order of events, as far as it is known. The feed has the same order. */
export const DEVELOPMENTS: readonly (Entry<'EVENT'> | Entry<'STATEMENT'> | Entry<'DOCTRINE_CHANGE'>)[] = [
  unitedStatesLeavesInf,
  addressToFederalAssembly,
  russiaSuspendsInf,
  moratoriumBegins,
  exerciseInDenmark,
  exerciseInPhilippines,
  missileProductionAnnounced,
  productionReady,
  nuclearDoctrineUpdated,
  analystsOnDoctrine,
  ministryAnnouncesEnd,
  moratoriumEnds,
  ryabkovInterview,
  officialsOnProtection,
];
