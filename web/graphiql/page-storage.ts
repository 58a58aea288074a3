import type { GraphiQL } from 'graphiql';
import type { ComponentProps } from 'react';

type PageStorage = NonNullable<ComponentProps<typeof GraphiQL>['storage']>;

/**
 * Stores GraphiQL's tabs, headers and settings in `storage` under a prefix.
 *
 * GraphiQL uses the same keys on every server. Without a prefix, the tabs of another project on the same local
 * origin would open here.
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
