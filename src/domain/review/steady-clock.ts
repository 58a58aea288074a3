/** A clock that tells jumps from the passing of time. */
export interface SteadyClock {
  /**
   * Compares the wall clock with a clock that never jumps.
   *
   * @returns The milliseconds that the wall clock has jumped since the last reading; 0 if it has not jumped.
   */
  note(wall: Date): number;
  /** Whether the wall clock has not jumped for 30 s. */
  isSteady(): boolean;
}

/** Readings may differ by so much, in milliseconds: a query takes time. */
const TOLERANCE = 1_000;
/** How long a clock that jumped is not trusted, in milliseconds. */
const MISTRUST = 30_000;

/**
 * Creates a clock that begins steady, so that a restart publishes what was missed.
 *
 * @param passed Returns milliseconds by a clock that never jumps.
 */
export function createSteadyClock(passed: () => number): SteadyClock {
  let offset: number | undefined;
  let jumpedAt = Number.NEGATIVE_INFINITY;
  return {
    note: (wall) => {
      const next = wall.getTime() - passed();
      const jump = offset === undefined ? 0 : next - offset;
      offset = next;
      if (Math.abs(jump) <= TOLERANCE) return 0;
      jumpedAt = passed();
      return jump;
    },
    isSteady: () => passed() - jumpedAt >= MISTRUST,
  };
}
