import type { z } from 'zod';
import { type RecordFields, recordInputs } from '../../domain/development/input.js';
import { actorInput } from '../../domain/references/actor.js';
import type { Defect, Row } from '../read/row.js';
import { type AppliedRow, applyMapping } from './apply.js';
import { type ActorMapping, type DevelopmentMapping, KINDS, type Mapping } from './mapping.js';
import type { WantedThings } from './named-references.js';

/** A row that the domain's schema has accepted. */
export interface CheckedRow<Fields> {
  readonly id: string | undefined;
  readonly fields: Fields | undefined;
  readonly defects: readonly Defect[];
}

export type ActorFields = z.output<typeof actorInput>;

/** Makes a development's fields from a row and checks them. */
export function checkDevelopment(
  mapping: DevelopmentMapping,
  row: Row,
  wanted: WantedThings,
): CheckedRow<RecordFields> {
  return checkInput(mapping, recordInputs[KINDS[mapping.record]], row, wanted, citationsMissing);
}

function citationsMissing({ citations }: AppliedRow['input'], defects: readonly Defect[]): Defect[] {
  const known = defects.some(({ field }) => field.startsWith('citations'));
  if (known || (Array.isArray(citations) && citations.length > 0)) return [];
  const reason = 'Expected at least one citation: nothing is stated without evidence.';
  return [{ field: 'citations', value: undefined, reason, kind: 'NO_VALUE' }];
}

/** Makes an actor's fields from a row and checks them; its id is the value that it is matched by. */
export function checkActor(mapping: ActorMapping, row: Row, wanted: WantedThings): CheckedRow<ActorFields> {
  const checked = checkInput(mapping, actorInput, row, wanted);
  const { fields, defects } = checked;
  const key = fields?.[mapping.match];
  if (!fields || key) return { ...checked, id: key ?? undefined };
  const reason = `Expected a ${mapping.match}, by which the mapping matches actors.`;
  const defect = { field: mapping.match, value: undefined, reason, kind: 'NO_VALUE' as const };
  return { id: undefined, fields: undefined, defects: [...defects, defect] };
}

function checkInput<T extends z.ZodType>(
  mapping: Mapping,
  schema: T,
  row: Row,
  wanted: WantedThings,
  missing: (input: AppliedRow['input'], defects: readonly Defect[]) => Defect[] = () => [],
): CheckedRow<z.output<T>> {
  const applied = applyMapping(mapping, row, wanted);
  const { id, input } = applied;
  if (row.defect) return { id, fields: undefined, defects: applied.defects };
  const defects = [...applied.defects, ...missing(input, applied.defects)];
  const parsed = schema.safeParse(input);
  if (parsed.success) return { id, fields: defects.length > 0 ? undefined : parsed.data, defects };
  const known = new Set(defects.map(({ field }) => field));
  const found = parsed.error.issues.flatMap(({ path, message }): Defect[] => {
    const field = path.join('.') || 'row';
    // A value that could not be made is missing too; that it is missing is no news.
    if (known.has(field)) return [];
    const value = path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)?.[key], input);
    if (value === undefined) {
      return [{ field, value, reason: 'Expected a value; the row has none.', kind: 'NO_VALUE' }];
    }
    return [
      { field, value, reason: message, kind: message.includes(' EDTF date') ? 'BAD_DATE' : 'BAD_VALUE' },
    ];
  });
  return { id, fields: undefined, defects: [...defects, ...found] };
}
