/** How many references an import created. */
export interface MadeCounts {
  actors: number;
  topics: number;
  sources: number;
}

/** Counts rows by their outcome. */
export interface Tally {
  /** New developments or actors. */
  recorded: number;
  /** Existing actors that got new values or names. */
  changed: number;
  alreadyThere: number;
  /** Rows with at least one problem. */
  bad: number;
  readonly made: MadeCounts;
}

export const noTally = (): Tally => ({
  recorded: 0,
  changed: 0,
  alreadyThere: 0,
  bad: 0,
  made: { actors: 0, topics: 0, sources: 0 },
});

/** Adds two tallies. */
export const sumOf = (one: Tally, other: Tally): Tally => ({
  recorded: one.recorded + other.recorded,
  changed: one.changed + other.changed,
  alreadyThere: one.alreadyThere + other.alreadyThere,
  bad: one.bad + other.bad,
  made: {
    actors: one.made.actors + other.made.actors,
    topics: one.made.topics + other.made.topics,
    sources: one.made.sources + other.made.sources,
  },
});
