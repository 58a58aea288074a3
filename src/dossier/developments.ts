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

import { AFTER_THE_TREATY } from './timeline/after-treaty.js';
import { AFTER_THE_NOTICE, BEFORE_THE_NOTICE } from './timeline/compliance.js';
import { TREATY_YEARS } from './timeline/treaty.js';
import { SPRING_2024, SUMMER_2024, WINTER_2024 } from './timeline/year-2024.js';

/** All developments in the order of events, as far as it is known. The feed has the same order. */
export const DEVELOPMENTS: readonly (Entry<'EVENT'> | Entry<'STATEMENT'> | Entry<'DOCTRINE_CHANGE'>)[] = [
  ...TREATY_YEARS,
  ...BEFORE_THE_NOTICE,
  unitedStatesLeavesInf,
  ...AFTER_THE_NOTICE,
  addressToFederalAssembly,
  russiaSuspendsInf,
  moratoriumBegins,
  ...AFTER_THE_TREATY,
  exerciseInDenmark,
  exerciseInPhilippines,
  ...SPRING_2024,
  missileProductionAnnounced,
  productionReady,
  ...SUMMER_2024,
  nuclearDoctrineUpdated,
  analystsOnDoctrine,
  ...WINTER_2024,
  ministryAnnouncesEnd,
  moratoriumEnds,
  ryabkovInterview,
  officialsOnProtection,
];
