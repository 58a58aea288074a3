import type { FilterInput } from '../../../src/parameters/filter-input.js';
import { writeFilter } from '../../../src/parameters/filter-parameters.js';
import { withFilter } from '../links.js';
import type { ListState } from '../page-state.js';
import { countryName, KINDS, plain } from '../words.js';

const NAMES: Readonly<Record<string, string>> = {
  q: 'Words',
  kind: 'Kind',
  eventType: 'Type',
  changeType: 'Change',
  actor: 'Who',
  role: 'Role',
  country: 'Where',
  weaponSystem: 'Weapon system',
  restsOnlyOn: 'Rests only on',
  since: 'From',
  until: 'Until',
  within: 'Within',
  filter: 'Other conditions',
};

/** The conditions of the filter that belong to a parameter. */
const FIELDS: Readonly<Record<string, keyof FilterInput>> = {
  q: 'text',
  actor: 'participant',
  role: 'participant',
  since: 'occurred',
  until: 'occurred',
  within: 'occurred',
  certainty: 'occurred',
  confidence: 'minConfidence',
  dataset: 'externalId',
};

/** The conditions that are set, each with a link that drops it. */
export function ActiveFilter({ state }: { readonly state: ListState }) {
  const { filter } = state.selection;
  const texts = Object.entries(writeFilter(filter));
  if (texts.length === 0) return null;
  return (
    <ul className="active" aria-label="Filter in use">
      {texts.map(([name, value]) => (
        <li key={name}>
          <a href={withFilter(state, without(filter, name))}>
            <span className="unseen">Remove </span>
            {NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1)}: <b>{shown(name, value)}</b>
            <span aria-hidden="true"> ×</span>
          </a>
        </li>
      ))}
      <li>
        <a href={withFilter(state, {})}>Clear all</a>
      </li>
    </ul>
  );
}

function without(filter: FilterInput, name: string): FilterInput {
  if (name === 'filter') {
    const { and: _, or: __, not: ___, ...rest } = filter;
    return rest;
  }
  if (name === 'since' || name === 'until') {
    const [since, until] = filter.occurred?.within.split('/') ?? [];
    const within = name === 'since' ? `../${until}` : `${since}/..`;
    return { ...filter, occurred: within === '../..' ? undefined : { ...filter.occurred, within } };
  }
  return { ...filter, [FIELDS[name] ?? name]: undefined };
}

function shown(name: string, value: string): string {
  if (name === 'kind')
    return value
      .split(',')
      .map((kind) => KINDS[kind as keyof typeof KINDS])
      .join(' or ');
  if (name === 'country') return value.split(',').map(countryName).join(' or ');
  if (name === 'disputed') return value === 'true' ? 'yes' : 'no';
  return value.includes('_') || value === value.toUpperCase() ? plain(value) : value.replaceAll(',', ' or ');
}
