import { inPace, now } from '../../clock.js';

export interface Publication {
  readonly name: string;
  readonly count: number;
  /** Changes a second; as fast as they go where not given. */
  readonly rate?: number | undefined;
  /** Only for a server with a database: all in one transaction. */
  readonly atOnce?: boolean;
}

/** Publishes one after the other, with a turn of the event loop before each; says when each was published. */
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
