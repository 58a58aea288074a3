import type { Bus } from './bus.js';

/** A bus within this process. */
export function createLocalBus(): Bus {
  const listeners = new Set<(position?: bigint) => void>();
  const deskListeners = new Set<() => void>();
  return {
    wake: (wake) => {
      if (wake !== 'DESK') for (const listener of listeners) listener(wake);
      for (const listener of deskListeners) listener();
    },
    onWake: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onDeskWake: (listener) => {
      deskListeners.add(listener);
      return () => deskListeners.delete(listener);
    },
  };
}
