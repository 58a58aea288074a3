import type { Figures } from './figures.js';

/** A target: a ratio of two figures of the same run, or a single figure. Without a bound it is only reported. */
export interface Bar {
  readonly what: string;
  readonly of: string;
  readonly to?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Verdict extends Bar {
  readonly ratio: number;
  /** Undefined for a bar without a bound. */
  readonly isReached: boolean | undefined;
}

/** Returns the bars whose figures were measured. */
export function judge(bars: readonly Bar[], figures: Figures): Verdict[] {
  return bars.flatMap((bar) => {
    const [one, other] = [figures.median(bar.of), bar.to === undefined ? 1 : figures.median(bar.to)];
    if (one === undefined || other === undefined) return [];
    const ratio = one / other;
    const hasBound = bar.atLeast !== undefined || bar.atMost !== undefined;
    const isReached = hasBound
      ? ratio >= (bar.atLeast ?? 0) && ratio <= (bar.atMost ?? Number.POSITIVE_INFINITY)
      : undefined;
    return [{ ...bar, ratio, isReached }];
  });
}
