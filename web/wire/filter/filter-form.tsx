import { writeFilter } from '../../../src/parameters/filter-parameters.js';
import { writeAsOf, writeOrder } from '../../../src/parameters/points.js';
import type { ListState } from '../page-state.js';
import { CONFIDENCE, KINDS } from '../words.js';

const ORDERS = {
  '': 'Newest first',
  EARLIEST: 'Oldest first',
  '-PUBLISHED': 'Last published first',
  '-CHANGED': 'Last changed first',
  '-RELEVANCE': 'Best match first',
} as const;

/** The parameters that have a field of their own in the form. The others are kept as they are. */
const FIELDS = ['q', 'kind', 'actor', 'since', 'until', 'disputed', 'confidence', 'order', 'asOf', 'view'];

interface FilterFormProps {
  readonly state: ListState;
  /** Actors to suggest. */
  readonly actors: readonly { readonly slug: string; readonly name: string }[];
}

/** The filter as a form that works without a script: it sends the address of the filtered list. */
export function FilterForm({ state, actors }: FilterFormProps) {
  const { filter, order, asOf } = state.selection;
  const texts = writeFilter(filter);
  const kept = Object.entries(texts).filter(([name]) => !FIELDS.includes(name));
  const kinds = texts['kind']?.split(',') ?? [];
  const isOpen =
    ['kind', 'actor', 'confidence'].some((name) => texts[name] !== undefined) || order !== undefined;
  return (
    <search aria-label="Filter developments">
      <form className="filter" action={state.path} method="get">
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {state.view !== 'list' && <input type="hidden" name="view" value={state.view} />}
        {asOf && <input type="hidden" name="asOf" value={writeAsOf(asOf)} />}
        <p className="field wide">
          <label htmlFor="q">Words</label>
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={texts['q']}
            placeholder="missile, moratorium, …"
          />
        </p>
        <p className="field">
          <label htmlFor="since">From</label>
          <input id="since" name="since" defaultValue={texts['since']} placeholder="2019" {...DATE_FIELD} />
        </p>
        <p className="field">
          <label htmlFor="until">Until</label>
          <input
            id="until"
            name="until"
            defaultValue={texts['until']}
            placeholder="2025-08-04"
            {...DATE_FIELD}
          />
        </p>
        <p className="field check">
          <label>
            <input type="checkbox" name="disputed" value="true" defaultChecked={filter.disputed === true} />
            Disputed only
          </label>
        </p>
        <p className="field">
          <button type="submit">Filter</button>
        </p>
        <details className="more" open={isOpen}>
          <summary>More filters and order</summary>
          <div className="fields">
            <fieldset>
              <legend>Kind</legend>
              {Object.entries(KINDS).map(([kind, name]) => (
                <label key={kind}>
                  <input type="checkbox" name="kind" value={kind} defaultChecked={kinds.includes(kind)} />
                  {name}
                </label>
              ))}
            </fieldset>
            <p className="field">
              <label htmlFor="actor">Actor</label>
              <input
                id="actor"
                name="actor"
                defaultValue={texts['actor']}
                placeholder="russia"
                list="actors"
                {...SLUG_FIELD}
              />
              <datalist id="actors">
                {actors.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </datalist>
            </p>
            <p className="field">
              <label htmlFor="confidence">Confidence</label>
              <select id="confidence" name="confidence" defaultValue={texts['confidence'] ?? ''}>
                <option value="">Any</option>
                <option value="MODERATE">{CONFIDENCE.MODERATE} or higher</option>
                <option value="HIGH">{CONFIDENCE.HIGH}</option>
              </select>
            </p>
            <p className="field">
              <label htmlFor="order">Order</label>
              <select id="order" name="order" defaultValue={order ? writeOrder(order) : ''}>
                {Object.entries(ORDERS).map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </select>
            </p>
          </div>
        </details>
      </form>
    </search>
  );
}

const DATE_FIELD = {
  pattern: '\\d{4}(-\\d{2}(-\\d{2})?)?',
  title: 'A year, month or day: 2019, 2019-08 or 2019-08-02',
  size: 10,
  autoComplete: 'off',
} as const;

const SLUG_FIELD = {
  pattern: '[a-z0-9]+(-[a-z0-9]+)*',
  title: 'The name in the address of the actor, such as vladimir-putin',
  autoComplete: 'off',
} as const;
