import type { Recorded } from './clients/recording.js';

/** What is measured, by name, once for each round. */
export class Figures {
  readonly #rounds = new Map<string, number[]>();

  add(name: string, value: number): void {
    const rounds = this.#rounds.get(name) ?? [];
    rounds.push(value);
    this.#rounds.set(name, rounds);
  }

  /** Undefined where it was not measured. */
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

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const below = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const above = sorted[Math.floor(middle)] ?? Number.NaN;
  return (below + above) / 2;
}

/** Deliveries a second, from the first publication to the last delivery. */
export function deliveryRate({ arrivals }: Recorded, published: Float64Array): number {
  const last = arrivals.reduce((one, other) => Math.max(one, other), 0);
  return (arrivals.length * 1_000) / (last - (published[0] ?? Number.NaN));
}

/** How long each delivery took, in ascending order, in milliseconds. */
export function latencies({ arrivals }: Recorded, published: Float64Array): Float64Array {
  const took = arrivals.map(
    (arrival, index) => arrival - (published[index % published.length] ?? Number.NaN),
  );
  return took.sort();
}

/** The smallest value that at least that share of the values do not exceed; of ascending values. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
