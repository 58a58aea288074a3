import type { Bus } from './bus.js';

/** A bus within this process. */
export function createLocalBus(): Bus {
  const listeners = new Set<(position?: bigint) => void>();
  return {
    wake: (position) => {
      for (const listener of listeners) listener(position);
    },
    onWake: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
