/** A clock that tells jumps from the passing of time. */
export interface SteadyClock {
  /**
   * Compares the wall clock with a clock that never jumps.
   *
   * @param wall The wall clock's answer. It was read some time after `asked`: a busy process gets the answer late.
   * @param asked When the wall clock was asked, in milliseconds of the clock that never jumps.
   * @returns The smallest jump since the last reading that explains this one, in milliseconds. Negative if it went back, and
   * 0 if none is needed.
   */
  note(wall: Date, asked: number): number;
  /** Whether the wall clock has not jumped for 30 s. */
  isSteady(): boolean;
}

/** A change that counts as a jump, in milliseconds: clocks are corrected by less all the time. */
const TOLERANCE = 1_000;
/** How long a clock that jumped is not trusted, in milliseconds. */
const MISTRUST = 30_000;

/**
 * Creates a clock that begins steady, so that a restart publishes what was missed.
 *
 * @param passed Returns milliseconds by a clock that never jumps.
 */
export function createSteadyClock(passed: () => number): SteadyClock {
  /** The bounds of how far the wall clock is ahead of the other one, in milliseconds. */
  let ahead: { readonly least: number; readonly most: number } | undefined;
  let jumpedAt = Number.NEGATIVE_INFINITY;
  return {
    note: (wall, asked) => {
      const read = { least: wall.getTime() - passed(), most: wall.getTime() - asked };
      const least = (ahead?.least ?? Number.NEGATIVE_INFINITY) - TOLERANCE;
      const most = (ahead?.most ?? Number.POSITIVE_INFINITY) + TOLERANCE;
      if (read.least <= most && read.most >= least) {
        ahead = { least: Math.max(read.least, least), most: Math.min(read.most, most) };
        return 0;
      }
      ahead = read;
      jumpedAt = passed();
      return read.least > most ? read.least - most + TOLERANCE : read.most - least - TOLERANCE;
    },
    isSteady: () => passed() - jumpedAt >= MISTRUST,
  };
}
