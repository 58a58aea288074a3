/** Measurements by name, one value for each round. */
export class Figures {
  readonly #rounds = new Map<string, number[]>();

  add(name: string, value: number): void {
    const rounds = this.#rounds.get(name) ?? [];
    rounds.push(value);
    this.#rounds.set(name, rounds);
  }

  /** Returns undefined if it was not measured. */
  median(name: string): number | undefined {
    const rounds = this.#rounds.get(name);
    return rounds && medianOf(rounds);
  }

  get all(): Record<string, { median: number; rounds: readonly number[] }> {
    return Object.fromEntries(
      [...this.#rounds].map(([name, rounds]) => [name, { median: medianOf(rounds), rounds }]),
    );
  }
}

/** Returns the median; the mean of the middle two for an even number. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const below = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const above = sorted[Math.floor(middle)] ?? Number.NaN;
  return (below + above) / 2;
}

/** Returns the quantile of ascending values: the smallest that at least this share does not exceed. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
