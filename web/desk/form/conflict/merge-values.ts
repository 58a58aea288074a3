import type { Kind } from '../../address.js';
import { fieldsOf } from '../values/fields.js';
import type { FieldName, FormValues } from '../values/form-values.js';
import { changedFields } from '../values/input.js';

/** The states of a development that two editors have changed at once. */
export interface Versions {
  readonly base: FormValues;
  readonly theirs: FormValues;
  readonly mine: FormValues;
}

/** Returns the fields that both have changed, to different values. */
export function contested(kind: Kind, { base, theirs, mine }: Versions): readonly FieldName[] {
  const byThem = changedFields(kind, base, theirs);
  const byMe = new Set(changedFields(kind, base, mine));
  const different = new Set(changedFields(kind, theirs, mine));
  return byThem.filter((name) => byMe.has(name) && different.has(name));
}

/**
 * Joins the changes of both. A field that only one has changed has that value.
 *
 * @param keepsMine The contested fields that keep my value. The others get theirs.
 */
export function mergeValues(kind: Kind, versions: Versions, keepsMine: ReadonlySet<FieldName>): FormValues {
  const { base, theirs, mine } = versions;
  const byThem = new Set(changedFields(kind, base, theirs));
  const disputed = new Set(contested(kind, versions));
  const takesTheirs = (name: FieldName) => (disputed.has(name) ? !keepsMine.has(name) : byThem.has(name));
  const taken = fieldsOf(kind).filter(takesTheirs);
  return { ...mine, ...Object.fromEntries(taken.map((name) => [name, theirs[name]])) };
}
