import type { BenchDatabase } from '../../database.js';
import type { Figures } from '../../figures.js';

export interface Setting {
  readonly figures: Figures;
  readonly rounds: number;
  readonly database: BenchDatabase;
  /** Reports progress. */
  progress(text: string): void;
}

/** Measures, and adds to the figures. */
export type Scenario = (setting: Setting) => Promise<void>;

/** Returns the peers in another order for each round, so that none always follows the same one. */
export function rotated<T>(list: readonly T[], round: number): T[] {
  const from = round % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}

let named = 0;

/** Returns a publication name that is unique in this run. */
export function newName(): string {
  named += 1;
  return `r${String(named).padStart(4, '0')}`;
}
