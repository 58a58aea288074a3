import type { Span } from '../../src/intake/extract/types.js';

/** An attribution as people annotated it, or as the extractor found it. */
export interface Annotated {
  readonly parts: readonly Span[];
  readonly source: readonly Span[];
  /** The rule that found it, or the cue that annotators marked. For lists of errors. */
  readonly note: string;
}

export interface GoldText {
  readonly name: string;
  readonly language: 'en' | 'ru';
  readonly text: string;
  readonly attributions: readonly Annotated[];
}
