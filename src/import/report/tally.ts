/** How many references an import created. */
export interface MadeCounts {
  actors: number;
  topics: number;
  sources: number;
}

/** Counts rows by their outcome. */
export interface Tally {
  /** New developments or references. */
  recorded: number;
  /** Developments that were revised, or references that got new values. */
  changed: number;
  alreadyThere: number;
  /** Rows that an editor must decide about, because an editor changed the same or the record requires review. */
  proposed: number;
  /** Rows that the conditions of the mapping leave out. */
  leftOut: number;
  /** Developments whose rows are gone, and that were retracted. */
  retracted: number;
  /** Rows with at least one problem. */
  bad: number;
  readonly made: MadeCounts;
}

export const noTally = (): Tally => ({
  recorded: 0,
  changed: 0,
  alreadyThere: 0,
  proposed: 0,
  leftOut: 0,
  retracted: 0,
  bad: 0,
  made: { actors: 0, topics: 0, sources: 0 },
});

/** Adds two tallies. */
export const sumOf = (one: Tally, other: Tally): Tally => ({
  recorded: one.recorded + other.recorded,
  changed: one.changed + other.changed,
  alreadyThere: one.alreadyThere + other.alreadyThere,
  proposed: one.proposed + other.proposed,
  leftOut: one.leftOut + other.leftOut,
  retracted: one.retracted + other.retracted,
  bad: one.bad + other.bad,
  made: {
    actors: one.made.actors + other.made.actors,
    topics: one.made.topics + other.made.topics,
    sources: one.made.sources + other.made.sources,
  },
});
