import { formatSelection } from '../../../src/parameters/selection.js';
import { EmbedSnippet } from '../embed/snippet.js';
import { linkToGraphiQL } from '../links.js';
import type { ListState } from '../page-state.js';
import { planOf } from '../plan.js';
import { printDocument } from '../print-document.js';
import { useSite } from '../site.js';
import { filterOf } from './list-variables.js';

interface ListTakeAwayProps {
  readonly state: ListState;
}

/** The same developments as feeds, downloads and a query. */
export function ListTakeAway({ state }: ListTakeAwayProps) {
  const { hasGraphiQL } = useSite();
  const filter = filterOf(state);
  const { order } = state.selection;
  const query = formatSelection({ filter });
  const embedQuery = formatSelection({ filter, ...(order && { order }) });
  const search = query && `?${query}`;
  const plan = planOf(state)['list'];
  return (
    <footer className="take-away">
      <h2 className="unseen">Take this list with you</h2>
      <ul className="actions">
        <li>
          {'Follow: '}
          <a href={`/feed.atom${search}`}>Atom</a> <a href={`/feed.json${search}`}>JSON Feed</a>
        </li>
        <li>
          {'Download: '}
          <a href={`/export.csv${search}`}>CSV</a> <a href={`/export.ndjson${search}`}>NDJSON</a>{' '}
          <a href={`/export.geojson${search}`}>GeoJSON</a>
        </li>
        {hasGraphiQL && plan && (
          <li>
            <a href={linkToGraphiQL(printDocument(plan.document), plan.variables)}>
              Open this query in GraphiQL
            </a>
          </li>
        )}
        <EmbedSnippet search={embedQuery && `?${embedQuery}`} />
      </ul>
    </footer>
  );
}
