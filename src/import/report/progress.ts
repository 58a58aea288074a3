import { Presets, SingleBar } from 'cli-progress';

/** Shows the progress of an import. */
export interface Progress {
  /** Starts a pass over the files, which reads so many bytes. */
  start(pass: 'checking' | 'writing', bytes: number): void;
  /** Adds bytes that were read. */
  readonly bytes: (count: number) => void;
  /** Sets how many rows of this pass are done. */
  rows(count: number): void;
  /** Ends the display. May be called more than once. */
  stop(): void;
}

export const silent: Progress = { start() {}, bytes() {}, rows() {}, stop() {} };

/** Creates a bar on a terminal; otherwise a line every few seconds, for logs. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? createBar(stream) : createLines((line) => stream.write(`${line}\n`));
}

function createBar(stream: NodeJS.WriteStream): Progress {
  const format =
    '{pass} [{bar}] {percentage}% | {rows} rows, {rate} a second | {duration_formatted}, {left} left';
  const bar = new SingleBar(
    { format, stream, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let pace = new Pace(0);
  return {
    start: (pass, bytes) => {
      pace = new Pace(bytes);
      bar.stop();
      bar.start(bytes, 0, { pass, rows: 0, rate: 0, left: '…' });
    },
    bytes: (count) => {
      pace.read += count;
      bar.increment(count);
    },
    rows: (rows) => bar.update({ rows, rate: pace.rate(rows), left: pace.left() }),
    stop: () => bar.stop(),
  };
}

/** Estimates the rate of a pass and its remaining time. */
class Pace {
  readonly total: number;
  readonly #started = performance.now();
  read = 0;

  /** @param total How many bytes the pass will read. */
  constructor(total: number) {
    this.total = total;
  }

  get percentage(): number {
    return this.total === 0 ? 100 : Math.floor((100 * this.read) / this.total);
  }

  /** Returns rows a second since the start of the pass. */
  rate(rows: number): number {
    return Math.round(rows / Math.max(this.#seconds(), 0.001));
  }

  /** Returns the remaining time, such as `2 min 5 s`. */
  left(): string {
    if (this.read === 0) return '…';
    const seconds = Math.round((this.#seconds() * Math.max(this.total - this.read, 0)) / this.read);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1_000;
  }
}

/**
 * Writes progress as lines of text.
 *
 * @param interval Milliseconds between two lines of one pass. Default: 3,000.
 */
export function createLines(write: (line: string) => void, interval = 3_000): Progress {
  let pass = '';
  let pace = new Pace(0);
  let due = 0;
  return {
    start: (next, bytes) => {
      [pass, pace, due] = [next, new Pace(bytes), Date.now() + interval];
    },
    bytes: (count) => {
      pace.read += count;
    },
    rows: (count) => {
      if (Date.now() < due) return;
      due = Date.now() + interval;
      write(
        `${pass}: ${count} rows, ${pace.percentage} %, ${pace.rate(count)} rows a second, ${pace.left()} left`,
      );
    },
    stop: () => {},
  };
}
