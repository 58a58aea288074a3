import { pathsIn } from './evaluate.js';
import type { Mapping } from './mapping.js';

/** More columns than these are no help. */
const MOST = 3;

const known = new WeakMap<Mapping, Map<string, readonly string[]>>();

/** The columns or keys that a field is made from, as the file has them; none where they are many. */
export function columnsOf(mapping: Mapping, field: string): readonly string[] {
  const [first = ''] = field.split('.');
  const fields = known.get(mapping) ?? new Map<string, readonly string[]>();
  known.set(mapping, fields);
  const columns = fields.get(first) ?? findColumns(mapping, first);
  fields.set(first, columns);
  return columns;
}

function findColumns(mapping: Mapping, field: string): readonly string[] {
  const id = field === 'id' && mapping.record !== 'actor' ? mapping.id.value : undefined;
  const paths = new Set(
    pathsIn(id ?? mapping.fields[field]).filter((path) => path !== '$' && !path.startsWith('$.')),
  );
  return paths.size > MOST ? [] : [...paths].map((path) => path.slice(1));
}
