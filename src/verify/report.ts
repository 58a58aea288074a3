/** The rules by the code of their violation. The meaning of a code never changes. */
export const RULES = {
  POSITION_GAP: 'feed positions start at 1 and have no gaps, and the head has the last one',
  POSITION_TIME: 'times of positions never decrease, and the head has the last one',
  FUTURE_TIME: 'no feed entry and no revision has a time in the future',
  HASH_CHAIN:
    'the hash of a feed entry follows from the entry and the hash before it, and the head has the last one',
  COMMITMENT:
    'the content, editor, reason and times of a published revision are those that its feed entry commits to',
  ENTRY_WITHOUT_REVISION: 'every feed entry refers to an existing revision that is not a draft',
  REVISION_NOT_TOLD: 'every revision that is not a draft has a feed entry',
  REVISION_TOLD_TWICE: 'a revision has at most one feed entry',
  ENTRY_ORDER: 'the feed entries of a development or reference are in the order of its revisions',
  ENTRY_CHANGE:
    'the feed entry is PUBLISHED for the first published revision and for one after a retraction, RETRACTED for a retraction, ERASED or REFERENCE_ERASED after an erasure, otherwise REVISED or REFERENCE_CHANGED',
  REVISION_CHAIN:
    'revisions are numbered from 1 without gaps, drafts come first, a retraction is last unless the undo of a merge reverses it, and each lists its changed fields',
  ROW: 'the row of a development or reference matches its latest revision',
  VERSION:
    'every feed entry has a row that matches its revision and is valid until the next entry of the development',
  SLUG: 'every current or earlier slug of a development leads to it',
  SNAPSHOT_SHAPE: 'every snapshot has all fields of a content, with the right types',
  DATE_BOUNDS: 'the bounds and precision of a date match its EDTF text',
  CLAIM_VALUE: 'every claim is about a field of its development, with a valid value',
  PREFERRED_VALUE: 'at most one claim about a field is preferred, and the development has its value',
  CLAIM_WITHOUT_CITATION: 'every claim belongs to a citation of its development',
  PUBLISHED_WITHOUT_CITATION: 'every published development has a citation',
  UNKNOWN_REFERENCE: 'every object that a development refers to, or that a revision is of, is in the record',
  LINK_RULES:
    'no link leads to its own development, is a duplicate, has an unknown citation, or closes a cycle of a relation that must not have any',
  SUCCESSOR: 'no successor of a retracted development leads back to it',
  EXTERNAL_ID: 'the external ids of a development match its latest revision',
  MENTION:
    'the mentions of a development match its row and its earlier versions, and its countries are the present ones of its actors and places',
  NOTE: 'every note of an editor is on a development, and a reply answers a note on the same one',
  MERGED_REFERENCE:
    'a merged reference is of the same type as the one that stands for it, merges form no circle, and nothing that takes revisions refers to a merged reference',
  REFERENCE_KEY: 'actors, topics and sources are found by their names, codes and ids',
  SAME_NAME:
    'no two actors of a kind, topics or sources differ only in case, accents, apostrophes or blanks of their names, and no two sources have one address',
} as const;

export type Code = keyof typeof RULES;

/** A violation of a rule. */
export interface Finding {
  readonly code: Code;
  /** The subject, e.g. `inf-treaty-ends, revision 2` or `position 17`. */
  readonly concerns: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Collects findings. Counts all and keeps the first `limit` of each code, so that frequent damage takes
 * bounded memory and hides nothing else.
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

  /** The number of findings, kept or not. */
  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The number of findings of each code, in the order of {@link RULES}. */
  get counts(): [Code, number][] {
    return codes().flatMap((code) => {
      const count = this.#counts.get(code);
      return count === undefined ? [] : [[code, count] as [Code, number]];
    });
  }

  /** At most `limit` findings, an equal share of each code, in the order of {@link RULES}. */
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
