/** The rules that are checked, by the code of what breaks them. A code never changes its meaning. */
export const RULES = {
  POSITION_GAP: 'positions of the feed run from 1 without a gap, and the head has the last one',
  POSITION_TIME: 'no later position has an earlier time, and the head has the last one’s',
  EPOCH: 'all entries of the feed are of the head’s epoch',
  ENTRY_WITHOUT_REVISION: 'an entry of the feed tells of a revision that there is, and that is no draft',
  REVISION_NOT_TOLD: 'a revision that is no draft has an entry in the feed',
  REVISION_TOLD_TWICE: 'a revision has one entry in the feed at most',
  ENTRY_ORDER: 'the feed tells of the revisions of a development in their order',
  ENTRY_CHANGE:
    'an entry tells the first published revision as PUBLISHED, a withdrawal as RETRACTED, others as REVISED',
  REVISION_CHAIN:
    'revisions count from 1 without a gap, from drafts over published ones to at most one retracted one, and each names the fields that it changes',
  ROW: 'the row of a development is what its newest revision makes it',
  VERSION:
    'each entry has the row that its revision makes, and it holds until the next entry of its development',
  SLUG: 'each slug that a development has or had leads to it',
  SNAPSHOT_SHAPE: 'a snapshot has all parts of a content, each of its type',
  DATE_BOUNDS: 'the bounds and the precision of a date are those of its EDTF text',
  CLAIM_VALUE: 'a claim is on a field that its development has, with a value that the field takes',
  PREFERRED_VALUE: 'one claim on a field is preferred at most, and the development’s own value is that one’s',
  CLAIM_WITHOUT_CITATION: 'a claim is made by a citation of its development',
  PUBLISHED_WITHOUT_CITATION: 'a published development has a citation',
  UNKNOWN_REFERENCE: 'what a development refers to is in the record',
  LINK_RULES:
    'no link leads to its own development, stands twice, names a citation that there is not, or closes a circle of a relation that may not form one',
  EXTERNAL_ID: 'the keys of other data sets are those of the newest revision',
  MENTION:
    'a development is listed under each actor, country, source, … that it names, on its days, and its countries are those that its actors belong to now',
} as const;

export type Code = keyof typeof RULES;

/** Something that breaks a rule. */
export interface Finding {
  readonly code: Code;
  /** What it is about, e.g. `inf-treaty-ends, revision 2` or `position 17`. */
  readonly concerns: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Collects findings: counts all, and keeps the first `limit` of each code, so that a kind of damage that is
 * everywhere takes a bounded amount of memory and hides no other.
 */
export class Findings {
  readonly #limit: number;
  readonly #counts = new Map<Code, number>();
  readonly #kept = new Map<Code, Finding[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(code: Code, concerns: string, expected: string, found: string): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    const kept = this.#kept.get(code) ?? [];
    if (kept.length < this.#limit) kept.push({ code, concerns, expected, found });
    this.#kept.set(code, kept);
  }

  /** How many there are, whether kept or not. */
  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** How many there are of each code, in the order of {@link RULES}. */
  get counts(): [Code, number][] {
    return codes().flatMap((code) => {
      const count = this.#counts.get(code);
      return count === undefined ? [] : [[code, count] as [Code, number]];
    });
  }

  /** At most `limit` findings, grouped by code in the order of {@link RULES}: each code gets an equal share. */
  listed(): Finding[] {
    const shares = new Map<Code, number>();
    let left = this.#limit;
    for (let round = 0; left > 0 && round < this.#limit; round += 1) {
      for (const [code, kept] of this.#kept) {
        if (left === 0 || kept.length <= round) continue;
        shares.set(code, round + 1);
        left -= 1;
      }
    }
    return codes().flatMap((code) => (this.#kept.get(code) ?? []).slice(0, shares.get(code) ?? 0));
  }
}

const codes = () => Object.keys(RULES) as Code[];
