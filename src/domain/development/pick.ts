import type { DevelopmentKind } from '../../generated/prisma/client.js';
import { namesStatus } from '../filter/prepare.js';
import type { DevelopmentFilter, PreparedFilter } from '../filter/types.js';
import type { DevelopmentPick, Reads } from '../reads.js';
import { kindOf } from './content.js';
import type { At } from './view.js';

/** What a list is of, as ListOptions has it. */
export interface PickOptions {
  readonly filter?: DevelopmentFilter | null | undefined;
  readonly kind?: DevelopmentKind | undefined;
  readonly citing?: string | undefined;
  readonly at?: At;
}

/** Says what whoever reads a list reads. */
export function noteList(options: PickOptions, prepared: PreparedFilter): (reads: Reads) => void {
  const { filter, at } = options;
  const asksForMore = asksForMoreThanSnapshots(filter);
  const pick = pickOf(options, prepared);
  return (reads) => {
    if (asksForMore) reads.references(); // The countries and names of actors are the present ones, whenever it is.
    if (at !== undefined) return;
    if (asksForMore) reads.feed();
    else reads.picked(pick);
  };
}

const EVERYTHING: PreparedFilter['matches'] = () => true;

/** The published developments that cite a source. */
export const citing = (id: string): DevelopmentPick => pickOf({ citing: id }, { matches: EVERYTHING });

function pickOf(
  { filter, kind, citing: sourceId }: PickOptions,
  { matches }: { matches: PreparedFilter['matches'] },
): DevelopmentPick {
  const isAnyStatus = namesStatus(filter);
  return {
    key: JSON.stringify([kind ?? null, sourceId ?? null, filter ?? null]),
    takes: (facts) =>
      (isAnyStatus || facts.status === 'PUBLISHED') &&
      (kind === undefined || kindOf(facts.content) === kind) &&
      (sourceId === undefined ||
        facts.content.citations.some((citation) => citation.sourceId === sourceId)) &&
      matches(facts),
  };
}

/** Whether a snapshot alone says how a condition comes out. Where the database is asked, any change may matter. */
const IS_IN_SNAPSHOTS = {
  ...{ kind: true, eventType: true, changeType: true, participant: true, topic: true, treaty: true },
  ...{ weaponSystem: true, doctrine: true, source: true, restsOnlyOn: true, occurred: true },
  ...{ recordedSince: true, minConfidence: true, disputed: true, status: true },
  ...{ country: false, text: false },
  ...{ and: true, or: true, not: true }, // As what stands in them.
} as const satisfies Required<Record<keyof DevelopmentFilter, boolean>>;

function asksForMoreThanSnapshots(filter: DevelopmentFilter | null | undefined): boolean {
  if (!filter) return false;
  const { and, or, not } = filter;
  return (
    Object.entries(filter).some(
      ([name, value]) => value != null && IS_IN_SNAPSHOTS[name as keyof DevelopmentFilter] !== true,
    ) || [...(and ?? []), ...(or ?? []), not].some(asksForMoreThanSnapshots)
  );
}
