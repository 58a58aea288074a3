import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow by half between two full garbage collections. V8's default is fourfold on a large machine: batches
 * outlive its young generation, so an import of a million rows would take several times what it needs.
 */
export function limitHeapGrowth(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
