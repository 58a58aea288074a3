import type { FilterInput } from '../../../src/parameters/filter-input.js';
import { withFilter } from '../links.js';
import type { ListState } from '../page-state.js';
import type { Facets as FacetData } from '../queries/wire.js';
import { countryName, KINDS } from '../words.js';

interface FacetsProps {
  readonly state: ListState;
  readonly facets: FacetData;
}

interface Value {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** The filter with this value, or without it if it is set. */
  readonly filter: FilterInput;
  readonly isSet: boolean;
}

/** The most frequent values of the list, each a link that narrows it down, or widens it again. */
export function Facets({ state, facets }: FacetsProps) {
  const { filter } = state.selection;
  const listed =
    (field: 'kind' | 'topic' | 'treaty' | 'weaponSystem' | 'country') =>
    (key: string, name: string, count: number): Value => {
      const isSet = (filter[field] as readonly string[] | null | undefined)?.includes(key) ?? false;
      return { key, name, count, isSet, filter: { ...filter, [field]: isSet ? undefined : [key] } };
    };
  const topic = listed('topic');
  const treaty = listed('treaty');
  const weapon = listed('weaponSystem');
  const kind = listed('kind');
  const country = listed('country');
  const disputed = (count: number): Value => {
    const isSet = filter.disputed === true;
    const next: FilterInput = { ...filter, disputed: isSet ? undefined : true };
    return { key: 'disputed', name: 'Sources disagree', count, isSet, filter: next };
  };
  const actor = (key: string, name: string, count: number): Value => {
    const isSet = filter.participant?.actor === key;
    return {
      key,
      name,
      count,
      isSet,
      filter: { ...filter, participant: isSet ? undefined : { actor: key } },
    };
  };
  return (
    <aside className="facets" id="narrow" aria-label="Narrow down">
      <Facet
        name="Kind"
        state={state}
        values={[
          ...facets.kind.values.map((value) => kind(value.kind, KINDS[value.kind], value.count)),
          ...facets.disputed.values.flatMap((value) => (value.disputed ? [disputed(value.count)] : [])),
        ]}
      />
      <Facet
        name="Who"
        state={state}
        values={facets.participant.values.map(({ actor: { slug, name }, count }) => actor(slug, name, count))}
        more={facets.participant.more}
      />
      <Facet
        name="Topic"
        state={state}
        values={facets.topic.values.map((value) => topic(value.topic.slug, value.topic.name, value.count))}
        more={facets.topic.more}
      />
      <Facet
        name="Treaty"
        state={state}
        values={facets.treaty.values.map(({ treaty: { slug, name, abbreviation }, count }) =>
          treaty(slug, abbreviation ?? name, count),
        )}
        more={facets.treaty.more}
      />
      <Facet
        name="Weapon system"
        state={state}
        values={facets.weaponSystem.values.map(({ weaponSystem: { slug, name }, count }) =>
          weapon(slug, name, count),
        )}
        more={facets.weaponSystem.more}
      />
      <Facet
        name="Where"
        state={state}
        values={facets.country.values.map((value) =>
          country(value.country, countryName(value.country), value.count),
        )}
        more={facets.country.more}
      />
    </aside>
  );
}

interface FacetProps {
  readonly name: string;
  readonly state: ListState;
  readonly values: readonly Value[];
  readonly more?: number;
}

function Facet({ name, state, values, more = 0 }: FacetProps) {
  if (values.length === 0) return null;
  return (
    <section className="facet">
      <h2>{name}</h2>
      <ul>
        {values.map(({ key, name: label, count, filter, isSet }) => (
          <li key={key}>
            <a href={withFilter(state, filter)} aria-current={isSet ? 'true' : undefined}>
              <span className="label">{label}</span>
              <span className="count">
                {count}
                <span className="unseen"> developments{isSet ? ', filter is set' : ''}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="rest">and {more} more</p>}
    </section>
  );
}
