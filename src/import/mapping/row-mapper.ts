import type { z } from 'zod';
import { type RecordFields, recordInputs } from '../../domain/development/content/input.js';
import { FUZZY_DATE } from '../../domain/input.js';
import { actorInput } from '../../domain/references/actor.js';
import { type Defect, type Problem, problemOf, type Row } from '../read/row.js';
import { type AppliedRow, applyMapping, readId } from './apply.js';
import { INPUTS, type LinkFields, linkRow } from './inputs.js';
import {
  type ActorMapping,
  type DevelopmentMapping,
  hasId,
  KINDS,
  type LinkMapping,
  type Mapping,
  type ReferenceMapping,
} from './mapping.js';
import { NamedReferences } from './named-references.js';
import { pathsIn } from './values/evaluate.js';

/** A row with the fields that the domain's schema accepts, or with what is wrong with it. */
export interface MappedRow<Fields = unknown> {
  readonly row: Row;
  /** The id in the data set; of an actor the value by which it is matched. */
  readonly id: string | undefined;
  /** Undefined if there are defects. */
  readonly fields: Fields | undefined;
  readonly defects: readonly Defect[];
  /** The input that the mapping made, before the schema. */
  readonly input?: Readonly<Record<string, unknown>>;
}

export type ActorFields = z.output<typeof actorInput>;

/** More columns than these do not help a reader of a report. */
const MOST_COLUMNS = 3;

/** Maps the rows of one import to inputs of the domain and checks them by the domain's schema. */
export abstract class RowMapper<Fields, M extends Mapping = Mapping> {
  readonly mapping: M;
  /** The references that the rows of the current batch name. */
  readonly named = new NamedReferences();
  readonly #columns = new Map<string, readonly string[]>();

  constructor(mapping: M) {
    this.mapping = mapping;
  }

  abstract map(row: Row): MappedRow<Fields>;

  /** Returns the defects of a row as reports show them. */
  problems({ row, id }: Pick<MappedRow, 'row' | 'id'>, defects: readonly Defect[]): Problem[] {
    return defects.map((defect) => problemOf(row, id, defect, this.#columnsOf(defect.field)));
  }

  protected check<T extends z.ZodType>(
    schema: T,
    row: Row,
    missing: (applied: AppliedRow) => Defect[] = () => [],
  ): MappedRow<z.output<T>> {
    const applied = applyMapping(this.mapping, row, this.named);
    const { id, input } = applied;
    if (row.defect) return { row, id, fields: undefined, defects: applied.defects };
    const defects = [...applied.defects, ...missing(applied)];
    const parsed = schema.safeParse(input);
    if (parsed.success) {
      return { row, id, fields: defects.length > 0 ? undefined : parsed.data, defects, input };
    }
    const known = new Set(defects.map(({ field }) => field));
    const found = parsed.error.issues
      .map((issue) => defectOf(issue, input))
      // A value that could not be made is missing too, which is no second problem.
      .filter(({ field }) => !known.has(field));
    return { row, id, fields: undefined, defects: [...defects, ...found] };
  }

  /** Returns the columns or keys that a field is made from; none if they are many. */
  #columnsOf(field: string): readonly string[] {
    const [first = ''] = field.split('.');
    const known = this.#columns.get(first);
    if (known) return known;
    const { mapping } = this;
    const id = field === 'id' && hasId(mapping) ? mapping.id.value : undefined;
    const paths = new Set(
      pathsIn(id ?? mapping.fields[first]).filter((path) => path !== '$' && !path.startsWith('$.')),
    );
    const columns = paths.size > MOST_COLUMNS ? [] : [...paths].map((path) => path.slice(1));
    this.#columns.set(first, columns);
    return columns;
  }
}

/** Maps rows to developments. */
export class DevelopmentMapper extends RowMapper<RecordFields, DevelopmentMapping> {
  map(row: Row): MappedRow<RecordFields> {
    return this.check(recordInputs[KINDS[this.mapping.record]], row, missingCitations);
  }

  /** Returns the id of a row without mapping the rest of it. */
  idOf(row: Row): string | undefined {
    return readId(this.mapping, row);
  }
}

function missingCitations({ input: { citations }, defects }: AppliedRow): Defect[] {
  const known = defects.some(({ field }) => field.startsWith('citations'));
  if (known || (Array.isArray(citations) && citations.length > 0)) return [];
  const reason = 'Expected at least one citation: nothing is stated without evidence.';
  return [{ field: 'citations', value: undefined, reason, kind: 'NO_VALUE' }];
}

/** Maps rows to actors. */
export class ActorMapper extends RowMapper<ActorFields, ActorMapping> {
  map(row: Row): MappedRow<ActorFields> {
    const mapped = this.check(actorInput, row);
    const { fields, defects } = mapped;
    const { match } = this.mapping;
    const key = fields?.[match];
    if (!fields || key) return { ...mapped, id: key ?? undefined };
    const reason = `Expected a ${match}, by which the mapping matches actors.`;
    const defect = { field: match, value: undefined, reason, kind: 'NO_VALUE' as const };
    return { row, id: undefined, fields: undefined, defects: [...defects, defect] };
  }
}

/** The fields of a reference, as its upsert takes them. */
export type ReferenceFields = Readonly<Record<string, unknown>> & { readonly slug: string };

/** Maps rows to treaties, weapon systems, doctrines, sources and topics. */
export class ReferenceMapper extends RowMapper<ReferenceFields, ReferenceMapping> {
  map(row: Row): MappedRow<ReferenceFields> {
    const mapped = this.check(INPUTS[this.mapping.record], row);
    const slug = (mapped.fields as ReferenceFields | undefined)?.slug;
    // The upsert reads the input itself.
    return { ...mapped, id: slug, fields: slug === undefined ? undefined : { ...mapped.input, slug } };
  }
}

/** Maps rows to links between developments. */
export class LinkMapper extends RowMapper<LinkFields, LinkMapping> {
  map(row: Row): MappedRow<LinkFields> {
    return this.check(linkRow, row);
  }
}

function defectOf(issue: z.core.$ZodIssue, input: AppliedRow['input']): Defect {
  const field = issue.path.join('.') || 'row';
  const value = issue.path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown>)?.[key],
    input,
  );
  if (value === undefined) {
    return { field, value, reason: 'Expected a value; the row has none.', kind: 'NO_VALUE' };
  }
  const isDate = issue.code === 'custom' && issue.params?.['rule'] === FUZZY_DATE;
  return { field, value, reason: issue.message, kind: isDate ? 'BAD_DATE' : 'BAD_VALUE' };
}
