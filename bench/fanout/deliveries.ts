import type { Recorded } from './clients/recording.js';

/** Returns deliveries a second, from the first publication to the last delivery. */
export function deliveryRate({ arrivals }: Recorded, published: Float64Array): number {
  const last = arrivals.reduce((one, other) => Math.max(one, other), 0);
  return (arrivals.length * 1_000) / (last - (published[0] ?? Number.NaN));
}

/** Returns the latency of each delivery in milliseconds, ascending. */
export function latencies({ arrivals }: Recorded, published: Float64Array): Float64Array {
  const took = arrivals.map(
    (arrival, index) => arrival - (published[index % published.length] ?? Number.NaN),
  );
  return took.sort();
}
