import { Presets, SingleBar } from 'cli-progress';

/** Is told how an import comes along. */
export interface Progress {
  /** A pass over the files begins, which will read so many bytes. */
  start(pass: 'checking' | 'writing', bytes: number): void;
  /** So many more bytes were read. */
  readonly bytes: (count: number) => void;
  /** So many rows of this pass are done. */
  rows(count: number): void;
  /** It is over, or it failed. May be called more than once. */
  stop(): void;
}

export const silent: Progress = { start() {}, bytes() {}, rows() {}, stop() {} };

/** A bar on a terminal; otherwise a line every few seconds, for logs. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? createBar(stream) : createLines((line) => stream.write(`${line}\n`));
}

function createBar(stream: NodeJS.WriteStream): Progress {
  const format = '{pass} [{bar}] {percentage}% | {rows} rows | {duration_formatted}';
  const bar = new SingleBar(
    { format, stream, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  return {
    start: (pass, bytes) => {
      bar.stop();
      bar.start(bytes, 0, { pass, rows: 0 });
    },
    bytes: (count) => bar.increment(count),
    rows: (rows) => bar.update({ rows }),
    stop: () => bar.stop(),
  };
}

/**
 * Progress as lines of text.
 *
 * @param interval Milliseconds between two lines of one pass. Default: 3,000.
 */
export function createLines(write: (line: string) => void, interval = 3_000): Progress {
  let pass = '';
  let total = 0;
  let read = 0;
  let due = 0;
  return {
    start: (next, bytes) => {
      [pass, total, read, due] = [next, bytes, 0, Date.now() + interval];
    },
    bytes: (count) => {
      read += count;
    },
    rows: (count) => {
      if (Date.now() < due) return;
      due = Date.now() + interval;
      write(`${pass}: ${count} rows, ${total === 0 ? 100 : Math.floor((100 * read) / total)} %`);
    },
    stop: () => {},
  };
}
