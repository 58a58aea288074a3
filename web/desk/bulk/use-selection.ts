import { useCallback, useState } from 'react';

/** A development that is selected, at the revision that the editor has seen. */
export interface Selected {
  readonly slug: string;
  readonly revision: number;
  readonly headline: string;
}

/** The lines of a list that something would be done to at once, in the order of their selection. */
export interface Selection<One> {
  readonly items: readonly One[];
  has(one: One): boolean;
  toggle(one: One): void;
  /** Selects all of a page, or none of them if all are selected. */
  toggleAll(page: readonly One[]): void;
  clear(): void;
}

/** The most that the server takes at once. */
const MAX_ITEMS = 500;

/** @param keyOf Identifies a line. */
export function useSelection<One>(keyOf: (one: One) => string): Selection<One> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, One>>(new Map());
  const has = (one: One) => chosen.has(keyOf(one));
  const change = useCallback(
    (page: readonly One[], isOn: boolean) => {
      setChosen((before) => {
        const after = new Map(before);
        for (const one of page) {
          if (!isOn) after.delete(keyOf(one));
          else if (after.size < MAX_ITEMS) after.set(keyOf(one), one);
        }
        return after;
      });
    },
    [keyOf],
  );
  return {
    items: [...chosen.values()],
    has,
    toggle: (one) => change([one], !has(one)),
    toggleAll: (page) => change(page, !page.every(has)),
    clear: () => setChosen(new Map()),
  };
}

/** Identifies a development. */
export const slugOf = ({ slug }: Selected): string => slug;
