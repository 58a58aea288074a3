import type { RecordCheck, RevisionCheck } from '../check.js';
import { datesAreBounded, sourceDatesAreBounded, treatyDatesAreBounded } from './dates.js';
import { entriesHaveRevisions, revisionIsTold, revisionsAreToldOnce } from './entries.js';
import { claimsAreCited, claimsHaveValues, preferredIsOwn, publishedIsCited } from './evidence.js';
import { externalIdsAreKept, externalIdsLeadSomewhere } from './external-ids.js';
import { linksAreSound, linksFormNoCircles } from './links.js';
import { countriesAreOfNow, mentionsAreOfRows } from './mentions.js';
import { epochIsOne, headIsLast, positionsHaveNoGaps, timesGoOn } from './positions.js';
import { referencesAreKnown } from './references.js';
import { developmentsHaveRevisions, revisionsChain } from './revisions.js';
import { rowIsOfNewest, versionIsOfRevision, versionsFollow, versionsHaveEntries } from './rows.js';
import { slugOfRevisionLeads, slugsLead, slugsLeadSomewhere } from './slugs.js';
import { snapshotHasShape } from './snapshots.js';

// A new rule gets a code in ../report.ts, and its check a line in one of these lists.

/** What statements over the whole record tell. */
export const RECORD_CHECKS: readonly RecordCheck[] = [
  positionsHaveNoGaps,
  headIsLast,
  timesGoOn,
  epochIsOne,
  entriesHaveRevisions,
  revisionsAreToldOnce,
  developmentsHaveRevisions,
  versionsFollow,
  versionsHaveEntries,
  slugsLead,
  slugsLeadSomewhere,
  linksFormNoCircles,
  externalIdsLeadSomewhere,
  countriesAreOfNow,
  mentionsAreOfRows,
  sourceDatesAreBounded,
  treatyDatesAreBounded,
];

/** What each revision is asked. */
export const REVISION_CHECKS: readonly RevisionCheck[] = [
  snapshotHasShape,
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
