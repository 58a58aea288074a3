import type { RecordCheck, RevisionCheck } from '../check.js';
import { datesAreBounded, sourceDatesAreBounded, treatyDatesAreBounded } from './dates.js';
import { entriesHaveRevisions, revisionIsTold, revisionsAreToldOnce } from './entries.js';
import { claimsAreCited, claimsHaveValues, preferredIsOwn, publishedIsCited } from './evidence.js';
import { externalIdsAreKept, externalIdsLeadSomewhere } from './external-ids.js';

import { entriesAreOfThePast, revisionsAreOfThePast } from './future.js';

import { entriesAreChained, revisionIsCommitted } from './hash-chain.js';

import { linksAreSound, linksFormNoCircles } from './links.js';
import { countriesAreOfNow, mentionsAreOfRows } from './mentions.js';
import { mergedReferencesLead, nothingRefersToMerged } from './merged.js';
import { namesDiffer, namesLead } from './names.js';
import { notesLeadSomewhere } from './notes.js';
import { headIsLast, positionsHaveNoGaps, timesGoOn } from './positions.js';
import { referencesAreOfThePast, referencesHaveHistories, referencesHaveRevisions } from './references.js';
import { developmentsHaveRevisions, revisionsChain } from './revisions.js';
import { rowIsOfNewest, versionIsOfRevision, versionsFollow, versionsHaveEntries } from './rows.js';
import { slugOfRevisionLeads, slugsLead, slugsLeadSomewhere } from './slugs.js';
import { referencesAreKnown, snapshotHasShape } from './snapshots.js';
import { successorsFormNoCircles } from './successors.js';

// To add a rule, add a code in ../report.ts and a check to one of these lists.

/** Checks of the whole record. */
export const RECORD_CHECKS: readonly RecordCheck[] = [
  positionsHaveNoGaps,
  headIsLast,
  timesGoOn,
  entriesAreOfThePast,
  revisionsAreOfThePast,
  entriesAreChained,
  entriesHaveRevisions,
  revisionsAreToldOnce,
  developmentsHaveRevisions,
  versionsFollow,
  versionsHaveEntries,
  slugsLead,
  slugsLeadSomewhere,
  linksFormNoCircles,
  successorsFormNoCircles,
  externalIdsLeadSomewhere,
  countriesAreOfNow,
  mentionsAreOfRows,
  sourceDatesAreBounded,
  treatyDatesAreBounded,
  namesLead,
  namesDiffer,
  notesLeadSomewhere,
  mergedReferencesLead,
  nothingRefersToMerged,
  referencesHaveRevisions,
  referencesHaveHistories,
  referencesAreOfThePast,
];

/** Checks of each revision. */
export const REVISION_CHECKS: readonly RevisionCheck[] = [
  snapshotHasShape,
  revisionIsCommitted,
  revisionIsTold,
  revisionsChain,
  rowIsOfNewest,
  versionIsOfRevision,
  slugOfRevisionLeads,
  datesAreBounded,
  claimsHaveValues,
  preferredIsOwn,
  claimsAreCited,
  publishedIsCited,
  referencesAreKnown,
  linksAreSound,
  externalIdsAreKept,
];
