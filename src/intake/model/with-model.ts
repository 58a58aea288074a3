import type { DevelopmentSuggestion, Suggestion } from '../extract/types.js';

/** Adds the suggestions of a language model, in the order of the text. Those of rules stand for the same words. */
export function withModel(
  found: readonly Suggestion[],
  ofModel: readonly DevelopmentSuggestion[],
): readonly Suggestion[] {
  const others = ofModel.filter(
    ({ kind, start, end }) => !found.some((one) => one.kind === kind && one.start < end && start < one.end),
  );
  return others.length === 0
    ? found
    : [...found, ...others].toSorted(
        (a, b) => a.start - b.start || b.end - a.end || (a.key < b.key ? -1 : 1),
      );
}
