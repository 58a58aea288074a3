import type { Tabs } from './live-sessions.js';

interface TabsState {
  readonly tabs: readonly { readonly id: string }[];
  readonly activeTabIndex: number;
}

/** Follows which tabs there are, and which one is shown. GraphiQL tells it with each change, and with each run. */
export function createShownTabs(): Tabs & { changed(state: TabsState): void } {
  let ids = new Set<string>();
  let activeId: string | undefined;
  return {
    get activeId() {
      return activeId;
    },
    has: (id) => ids.has(id),
    changed: ({ tabs, activeTabIndex }) => {
      ids = new Set(tabs.map(({ id }) => id));
      activeId = tabs[activeTabIndex]?.id;
    },
  };
}
