import type { Item } from '../../text/items.js';
import type { Range } from '../clause.js';
import type { CueVerb, Lexicon } from '../lexicon.js';

/** An attribution by the items of its sentence. */
export interface Found {
  readonly contents: readonly Range[];
  readonly cue: Range;
  readonly source: Range | null;
  /** Whether the source is the subject of the clause before. */
  readonly isShared: boolean;
  readonly rule: string;
  /** Lower is surer. What is surer wins where two overlap. */
  readonly rank: number;
  readonly isDenial: boolean;
  readonly isStance: boolean;
}

/** Whether the verb or a word before it denies: `denied that`, `did not say`. */
export const isDenied = (items: readonly Item[], at: number, verb: CueVerb, lexicon: Lexicon) =>
  verb.isDenial || items.slice(Math.max(0, at - 3), at).some(({ lower }) => lexicon.negations.has(lower));
