/** A place in the log, and whose change it is. */
export interface LogLine {
  readonly position: bigint;
  readonly slug: string;
}

/** What is compared. */
export interface Observed {
  /** Slugs of the writes that a server answered, in any order. */
  readonly acknowledged: Iterable<string>;
  /** The log as the database holds it at the end. */
  readonly log: readonly LogLine[];
  /** What each subscriber was given, in the order of arrival. Each began before the first write. */
  readonly received: readonly (readonly LogLine[])[];
}

/** How many of each there are, over all subscribers. */
export interface Verdict {
  readonly acknowledged: number;
  readonly received: number;
  /** Acknowledged writes that the log lacks, and lines of the log that a subscriber was never given. */
  readonly lost: number;
  /** Lines that a subscriber was given again. */
  readonly doubled: number;
  /** Lines that a subscriber was given for the first time after one that comes later in the log. */
  readonly outOfOrder: number;
  /** Lines that a subscriber was given and that the log does not hold there. */
  readonly phantom: number;
}

/** Compares what was acknowledged and what was received with the log. */
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

/** What every scenario expects of its counts. */
export const NO_FAULT = { lost: 0, doubled: 0, outOfOrder: 0, phantom: 0 };
