/**
 * What a verb of attribution takes.
 *
 * - SAY: a clause with `that`, or a quotation, before or after it
 * - CLAUSE: also a clause without `that`
 * - QUOTE: a quotation as its object: `called it “a farce”`
 * - SEEM: its subject is a part of the content: `the talks seem to …`
 * - TELL: a listener, then what SAY takes
 * - THAT: a clause with `that`, `whether`, `how` …
 * - TO: an infinitive
 * - OBJECT: a thing or person that an attitude or decision is about
 */
export type Complement = 'SAY' | 'CLAUSE' | 'QUOTE' | 'SEEM' | 'TELL' | 'THAT' | 'TO' | 'OBJECT';

export interface CueVerb {
  readonly takes: ReadonlySet<Complement>;
  /** `saying`, not `says`. */
  readonly isParticiple: boolean;
  /** `say`, which is also the infinitive and the form after `to` and `would`. */
  readonly isBase: boolean;
  /** Whether it is also a noun: `claims`, `report`. */
  readonly isNoun: boolean;
  /** Whether it denies what follows: `denied that`. */
  readonly isDenial: boolean;
}

/** The words of a language that attributions are found by. All in small letters. */
export interface Lexicon {
  readonly language: 'en' | 'ru';
  readonly verbs: ReadonlyMap<string, CueVerb>;
  /** Prepositions that a verb needs before its object: `called for`, `referring to`. */
  readonly particles: ReadonlyMap<string, ReadonlySet<string>>;
  /** `that`, `whether`, `how`: they begin a reported clause. */
  readonly conjunctions: ReadonlySet<string>;
  /** Words between a subject and its verb: `has`, `also`, `later`. */
  readonly fillers: ReadonlySet<string>;
  /** Words that a subject cannot go back over. */
  readonly boundaries: ReadonlySet<string>;
  /** Words that begin a circumstance: `in`, `on`, `during`, `Tuesday`. */
  readonly circumstances: ReadonlySet<string>;
  readonly pronouns: ReadonlySet<string>;
  /** Before one of these a word is a noun: `the`, `his`, `new`. */
  readonly determiners: ReadonlySet<string>;
  /** Words that show that a phrase is a clause: `was`, `will`. */
  readonly auxiliaries: ReadonlySet<string>;
  /** Verbs that may follow their content without quotation marks: `said`. */
  readonly plain: ReadonlySet<string>;
  readonly relatives: ReadonlySet<string>;
  readonly negations: ReadonlySet<string>;
  /** `according to`, `in the words of`: the source follows, word by word. */
  readonly accordingTo: readonly (readonly string[])[];
  /** Words that end an object before its clause does: `after`, `while`. */
  readonly afterObject: ReadonlySet<string>;
}

export const words = (text: string): string[] => text.trim().split(/\s+/);
