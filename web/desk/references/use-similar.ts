import { useCallback, useEffect, useState } from 'react';
import { useDebounced } from '../form/fields/use-debounced.js';
import { findSimilar } from '../queries/find-similar.js';
import { useDesk } from '../session/session-context.js';
import type { FoundReference, ReferenceKind } from './kinds.js';

export interface Similar {
  readonly found: readonly FoundReference[];
  /** Looks again if the name has changed since. Returns whether there are references that have not been shown. */
  check(): Promise<boolean>;
}

/** Finds references that may be the same as one with this name, as it is typed. */
export function useSimilar(kind: ReferenceKind, typed: string, actorKind: string): Similar {
  const { client } = useDesk();
  const name = typed.trim();
  const [shown, setShown] = useState<{ readonly name: string; readonly found: readonly FoundReference[] }>();
  const settled = useDebounced(name, 250);
  const look = useCallback(
    async (of: string) => {
      const found = of === '' ? [] : await findSimilar(client, kind, of, actorKind);
      setShown({ name: of, found });
      return found;
    },
    [client, kind, actorKind],
  );
  useEffect(() => {
    void look(settled);
  }, [look, settled]);
  const check = async () => {
    if (shown?.name === name) return false;
    const known = new Set(shown?.found.map(({ slug }) => slug));
    return (await look(name)).some(({ slug }) => !known.has(slug));
  };
  return { found: shown?.found ?? [], check };
}
