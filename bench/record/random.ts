/** Pseudo-random numbers that are the same in every run. */
export interface Random {
  /** Returns a number from 0 to below 1. */
  next(): number;
  /** Returns a whole number from `from` to `to`, both inclusive. */
  between(from: number, to: number): number;
  /** Returns true with this probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** Returns the numbers determined by a seed and an index (mulberry32). */
export function createRandom(seed: number, index = 0): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
  };
}

const STEPS = 1 << 16;

/**
 * Draws from a list by Zipf's law: the nth item 1/n^`exponent` as often as the first.
 *
 * @returns A function that maps a number from 0 to below 1 to an item.
 */
export function zipf<T>(list: readonly T[], exponent: number): (at: number) => T {
  const weights = list.map((_, index) => 1 / (index + 1) ** exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ranks = new Uint32Array(STEPS);
  let rank = 0;
  let sum = weights[0] ?? 0;
  for (let step = 0; step < STEPS; step += 1) {
    while (((step + 0.5) / STEPS) * total > sum && rank < list.length - 1) {
      rank += 1;
      sum += weights[rank] ?? 0;
    }
    ranks[step] = rank;
  }
  // Items at the rare end of a long list have less than one step each, so they share the rest.
  return (at) => {
    const step = Math.floor(at * STEPS);
    const [from = 0, to = list.length - 1] = [ranks[step], ranks[Math.min(step + 1, STEPS - 1)]];
    const within = Math.floor((at * STEPS - step) * (to - from + 1));
    return list[Math.min(from + within, list.length - 1)] as T;
  };
}
