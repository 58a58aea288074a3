import type { ReactNode } from 'react';
import { linkToList } from '../links.js';
import { type ListState, VIEWS } from '../page-state.js';
import { capital } from '../words.js';

/** The count of results, and links to the same developments as a list, a timeline or a map. */
export function ViewTabs({ state, children }: { readonly state: ListState; readonly children: ReactNode }) {
  return (
    <div className="views">
      <p className="total">{children}</p>
      <nav aria-label="View">
        {VIEWS.filter((view) => view !== 'changes' || state.selection.asOf).map((view) => (
          <a
            key={view}
            href={linkToList(state, { view })}
            aria-current={view === state.view ? 'page' : undefined}
          >
            {view === 'changes' ? 'Changed since' : capital(view)}
          </a>
        ))}
      </nav>
    </div>
  );
}
