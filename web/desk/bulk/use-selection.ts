import { useCallback, useState } from 'react';

/** A development that is selected, at the revision that the editor has seen. */
export interface Selected {
  readonly slug: string;
  readonly revision: number;
  readonly headline: string;
}

/** The developments that a bulk change would be made to, in the order of their selection. */
export interface Selection {
  readonly items: readonly Selected[];
  has(slug: string): boolean;
  toggle(one: Selected): void;
  /** Selects all of a page, or none of them if all are selected. */
  toggleAll(page: readonly Selected[]): void;
  clear(): void;
}

/** The most developments that the server takes in one bulk change. */
const MAX_ITEMS = 500;

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Selected>>(new Map());
  const change = useCallback((page: readonly Selected[], isOn: boolean) => {
    setChosen((before) => {
      const after = new Map(before);
      for (const { slug, revision, headline } of page) {
        if (!isOn) after.delete(slug);
        else if (after.size < MAX_ITEMS) after.set(slug, { slug, revision, headline });
      }
      return after;
    });
  }, []);
  return {
    items: [...chosen.values()],
    has: (slug) => chosen.has(slug),
    toggle: (one) => change([one], !chosen.has(one.slug)),
    toggleAll: (page) => change(page, !page.every(({ slug }) => chosen.has(slug))),
    clear: () => setChosen(new Map()),
  };
}
