import type { GraphiQL } from 'graphiql';
import type { ComponentProps } from 'react';

type PageStorage = NonNullable<ComponentProps<typeof GraphiQL>['storage']>;

/**
 * Keeps GraphiQL's tabs, headers and settings under keys of our own in `storage`.
 *
 * GraphiQL's keys are the same for every server, and many servers are tried out on the same local
 * origin: without a prefix the tabs of another project would open here instead of ours.
 */
export function createPageStorage(storage: Storage, prefix = 'doctrine-wire:'): PageStorage {
  const ownKeys = () => Object.keys(storage).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => storage.getItem(prefix + key),
    setItem: (key, value) => storage.setItem(prefix + key, value),
    removeItem: (key) => storage.removeItem(prefix + key),
    clear: () => {
      for (const key of ownKeys()) storage.removeItem(key);
    },
    get length() {
      return ownKeys().length;
    },
  };
}
