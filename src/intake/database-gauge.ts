import { setTimeout } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';

export interface DatabaseGauge<Label extends string> {
  /** Without the prefix `doctrine_wire_`. */
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** Reads the values. A label set without one is not reported. */
  read(): Promise<readonly { readonly labels: Partial<Record<Label, string>>; readonly value: number }[]>;
  readonly onError: OnGaugeError;
}

/** Called with the name of a gauge that cannot be read: once, until it can be read again. */
export type OnGaugeError = (name: string, error: unknown) => void;

/** How long a database that does not answer may hold up the metrics, in milliseconds. */
const PATIENCE = 1_000;

/** Adds a gauge whose values are read from the database when they are asked for. Without an answer there are none. */
export function addDatabaseGauge<Label extends string>(
  registry: Registry,
  { name, help, labelNames, read, onError }: DatabaseGauge<Label>,
): void {
  let isFailing = false;
  const readOrReport = async () => {
    try {
      const values = await read();
      isFailing = false;
      return values;
    } catch (error) {
      if (!isFailing) onError(name, error);
      isFailing = true;
      return [];
    }
  };
  new Gauge<Label>({
    ...{ name: `doctrine_wire_${name}`, help, labelNames: [...labelNames], registers: [registry] },
    async collect() {
      this.reset();
      // Otherwise a gauge without labels would report 0.
      if (labelNames.length === 0) this.remove();
      const values = await Promise.race([readOrReport(), setTimeout(PATIENCE, [], { ref: false })]);
      for (const { labels, value } of values) this.set(labels, value);
    },
  });
}
