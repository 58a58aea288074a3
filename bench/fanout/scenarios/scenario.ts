import type { BenchDatabase } from '../../database.js';
import type { Figures } from '../../figures.js';

export interface Setting {
  readonly figures: Figures;
  readonly rounds: number;
  readonly database: BenchDatabase;
  /** Tells whoever waits what is being done. */
  progress(text: string): void;
}

/** Measures, and adds to the figures. */
export type Scenario = (setting: Setting) => Promise<void>;

/** The peers in another order in each round, so that none always comes after the same. */
export function rotated<T>(list: readonly T[], round: number): T[] {
  const from = round % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}

let named = 0;

/** A name for a publication, never used before in this run. */
export function newName(): string {
  named += 1;
  return `r${String(named).padStart(4, '0')}`;
}
