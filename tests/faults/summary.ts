/** Returns a percentile of the values. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** Formats times in milliseconds for the report. */
export function summary(times: readonly number[]): string {
  const [half, most, all] = [0.5, 0.99, 1].map((part) => quantile(times, part).toFixed(0));
  return `p50 ${half}, p99 ${most}, most ${all} ms`;
}
