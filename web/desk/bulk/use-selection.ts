import { useCallback, useState } from 'react';

/** A development that is selected, at the revision that the editor has seen. */
export interface Selected {
  readonly slug: string;
  readonly revision: number;
  readonly headline: string;
}

/** The selected lines of a list, in order of selection. */
export interface Selection<One> {
  readonly items: readonly One[];
  has(one: One): boolean;
  toggle(one: One): void;
  /** Selects all of a page, or none of them if all are selected. */
  toggleAll(page: readonly One[]): void;
  clear(): void;
}

/** The most items in one request. */
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
