import { inPace, now } from '../../clock.js';

export interface Publication {
  readonly name: string;
  readonly count: number;
  /** Changes a second. Default: as fast as possible. */
  readonly rate?: number | undefined;
  /** Publish all in one transaction; only for a server with a database. */
  readonly atOnce?: boolean;
}

/** Publishes one change in each turn of the event loop. Returns when each was published. */
export async function publishEach(
  { count, rate }: Publication,
  publish: (index: number) => void | Promise<void>,
): Promise<Float64Array> {
  const times = new Float64Array(count);
  await inPace(count, rate, (index) => {
    times[index] = now();
    return publish(index);
  });
  return times;
}
