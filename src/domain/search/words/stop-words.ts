/** English words that a text is not searched for unless it has no others: Snowball's list, as PostgreSQL has it. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
  its itself they them their theirs themselves what which who whom this that these those am is are was were be been
  being have has had having do does did doing a an the and but if or because as until while of at by for with about
  against between into through during before after above below to from up down in out on off over under again further
  then once here there when where why how all any both each few more most other some such no nor not only own same so
  than too very s t can will just don should now`.split(/\s+/),
);

/** Abbreviations that are also English words. In capitals, or with points, they are the abbreviation. */
export const isAlsoAWord = (folded: string): boolean =>
  folded.length > 1 && (STOP_WORDS.has(folded) || folded === 'us');

/**
 * First parts of English compounds that are also written apart: `cease fire` and `ceasefire`. Two words written apart
 * are indexed together only after these, because all pairs would double the index.
 */
export const COMPOUND_HEADS: ReadonlySet<string> = new Set(
  `aero air anti bio cease co counter cross cyber de deep electro extra fire fly fore geo ground hand head hyper inter
  intra land life long mega micro mid mini mis multi nano neo non omni over pan para peace per poly post pre pro proto
  pseudo quasi radio re satellite sea self semi short space stand star stock sub super tele test trans tri turbo ultra
  under uni war watch water world`.split(/\s+/),
);
