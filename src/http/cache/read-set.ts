import type { DevelopmentPick, Reads } from '../../domain/reads.js';

/** What was read for an answer. */
export interface ReadSet extends Reads {
  /** Whether there was a database that told of it: without, nothing is known. */
  isWatched: boolean;
  readonly ids: ReadonlySet<string>;
  readonly linked: ReadonlySet<string>;
  readonly freeSlugs: ReadonlySet<string>;
  /** By their keys. */
  readonly picks: ReadonlyMap<string, DevelopmentPick>;
  /** The last moment that the record was asked for as of, where it was. */
  readonly latestMoment: Date | undefined;
  readonly readFeed: boolean;
  readonly readReferences: boolean;
  /** About what it takes to hold this, in bytes. */
  readonly bytes: number;
}

/** A set's or map's element, with the index that leads to it. */
const ELEMENT_BYTES = 200;
/** A pick's filter with what it refers to, for each character of its key. */
const PICK_BYTES = 10;
const BASE_BYTES = 1_000;

export function createReadSet(): ReadSet {
  const ids = new Set<string>();
  const linked = new Set<string>();
  const freeSlugs = new Set<string>();
  const picks = new Map<string, DevelopmentPick>();
  let latestMoment: Date | undefined;
  let readFeed = false;
  let readReferences = false;
  const addAll = (set: Set<string>, values: Iterable<string>) => {
    for (const value of values) set.add(value);
  };
  return {
    isWatched: false,
    ...{ ids, linked, freeSlugs, picks },
    get latestMoment() {
      return latestMoment;
    },
    get readFeed() {
      return readFeed;
    },
    get readReferences() {
      return readReferences;
    },
    get bytes() {
      let filters = 0;
      for (const key of picks.keys()) filters += ELEMENT_BYTES + PICK_BYTES * key.length;
      return BASE_BYTES + ELEMENT_BYTES * (ids.size + linked.size + freeSlugs.size) + filters;
    },
    developments: (some) => addAll(ids, some),
    linkingTo: (some) => addAll(linked, some),
    nothingAt: (slug) => {
      freeSlugs.add(slug);
    },
    picked: (pick) => {
      picks.set(pick.key, pick);
    },
    upTo: (moment) => {
      if (!latestMoment || moment > latestMoment) latestMoment = moment;
    },
    feed: () => {
      readFeed = true;
    },
    references: () => {
      readReferences = true;
    },
  };
}
