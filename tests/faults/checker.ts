/** A position in the log, and the slug of its change. */
export interface LogLine {
  readonly position: bigint;
  readonly slug: string;
}

/** The data to compare. */
export interface Observed {
  /** Slugs of acknowledged writes, in any order. */
  readonly acknowledged: Iterable<string>;
  /** The log in the database at the end. */
  readonly log: readonly LogLine[];
  /** What each subscriber received, in order of arrival. Each started before the first write. */
  readonly received: readonly (readonly LogLine[])[];
}

/** Counts over all subscribers. */
export interface Verdict {
  readonly acknowledged: number;
  readonly received: number;
  /** Acknowledged writes missing in the log, and log entries that a subscriber never received. */
  readonly lost: number;
  /** Entries that a subscriber received again. */
  readonly doubled: number;
  /** Entries first received after a later entry of the log. */
  readonly outOfOrder: number;
  /** Received entries that the log does not have at their position. */
  readonly phantom: number;
}

/** Compares acknowledged writes and received entries with the log. */
export function check({ acknowledged, log, received }: Observed): Verdict {
  const truth = new Map(log.map(({ position, slug }) => [position, slug]));
  const written = new Set(truth.values());
  const promised = [...new Set(acknowledged)];
  const counts = { lost: 0, doubled: 0, outOfOrder: 0, phantom: 0 };
  counts.lost += promised.filter((slug) => !written.has(slug)).length;
  for (const items of received) {
    const seen = new Set<bigint>();
    let newest = -1n;
    for (const { position, slug } of items) {
      if (truth.get(position) !== slug) counts.phantom += 1;
      else if (seen.has(position)) counts.doubled += 1;
      else {
        if (position < newest) counts.outOfOrder += 1;
        seen.add(position);
        if (position > newest) newest = position;
      }
    }
    counts.lost += truth.size - seen.size;
  }
  const total = received.reduce((sum, items) => sum + items.length, 0);
  return { acknowledged: promised.length, received: total, ...counts };
}

/** The counts that every scenario expects. */
export const NO_FAULT = { lost: 0, doubled: 0, outOfOrder: 0, phantom: 0 };
