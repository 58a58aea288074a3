import { Presets, SingleBar } from 'cli-progress';

/** Shows the progress of an import. */
export interface Progress {
  /** Starts a pass. Checking is measured in bytes that are read, writing in rows that are written. */
  start(pass: 'checking' | 'writing', total: number): void;
  /** Adds bytes that were read. They count in the check only, because the second pass reads ahead. */
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
  let pace = new Pace('checking', 0);
  return {
    start: (pass, total) => {
      pace = new Pace(pass, total);
      bar.stop();
      bar.start(total, 0, { pass, rows: 0, rate: 0, left: '…' });
    },
    bytes: (count) => {
      pace.addBytes(count);
      bar.update(pace.done);
    },
    rows: (rows) => {
      pace.setRows(rows);
      bar.update(pace.done, { rows, rate: pace.rate(rows), left: pace.left() });
    },
    stop: () => bar.stop(),
  };
}

/** Estimates the rate of a pass and its remaining time. */
class Pace {
  readonly #total: number;
  readonly #countsRows: boolean;
  readonly #started = performance.now();
  /** How much of the total is done: bytes of a check, rows of the second pass. */
  done = 0;

  constructor(pass: string, total: number) {
    this.#total = total;
    this.#countsRows = pass === 'writing';
  }

  addBytes(count: number): void {
    if (!this.#countsRows) this.done += count;
  }

  setRows(rows: number): void {
    if (this.#countsRows) this.done = rows;
  }

  get percentage(): number {
    return this.#total === 0 ? 100 : Math.min(100, Math.floor((100 * this.done) / this.#total));
  }

  /** Returns rows a second since the start of the pass. */
  rate(rows: number): number {
    return Math.round(rows / Math.max(this.#seconds(), 0.001));
  }

  /** Returns the remaining time, such as `2 min 5 s`. */
  left(): string {
    if (this.done === 0) return '…';
    const seconds = Math.round((this.#seconds() * Math.max(this.#total - this.done, 0)) / this.done);
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
  let pace = new Pace('checking', 0);
  let due = 0;
  return {
    start: (next, total) => {
      [pass, pace, due] = [next, new Pace(next, total), Date.now() + interval];
    },
    bytes: (count) => pace.addBytes(count),
    rows: (count) => {
      pace.setRows(count);
      if (Date.now() < due) return;
      due = Date.now() + interval;
      write(
        `${pass}: ${count} rows, ${pace.percentage} %, ${pace.rate(count)} rows a second, ${pace.left()} left`,
      );
    },
    stop: () => {},
  };
}
