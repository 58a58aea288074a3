import { setTimeout } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';

export interface DatabaseGauge<Label extends string> {
  /** Without the prefix `doctrine_wire_`. */
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** Reads the values. A label set without one is not reported. */
  read(): Promise<readonly { readonly labels: Partial<Record<Label, string>>; readonly value: number }[]>;
}

/** How long a database that does not answer may hold up the metrics, in milliseconds. */
const PATIENCE = 1_000;

/** Adds a gauge whose values are read from the database when they are asked for. Without an answer there are none. */
export function addDatabaseGauge<Label extends string>(
  registry: Registry,
  { name, help, labelNames, read }: DatabaseGauge<Label>,
): void {
  new Gauge<Label>({
    ...{ name: `doctrine_wire_${name}`, help, labelNames: [...labelNames], registers: [registry] },
    async collect() {
      this.reset();
      const values = await Promise.race([read(), setTimeout(PATIENCE, [], { ref: false })]).catch(() => []);
      for (const { labels, value } of values) this.set(labels, value);
    },
  });
}
