import { trimText } from '../../domain/trim-text.js';
import { ValueError } from '../errors.js';
import type { Defect, Row } from '../read/row.js';
import { type DevelopmentMapping, hasId, type Mapping } from './mapping.js';
import type { NamedReferences } from './named-references.js';
import type { FieldTemplates, Group, ReferenceTemplate, Repeat, Template } from './templates.js';
import { meetsAll } from './values/conditions.js';
import { evaluate, evaluateText, type Scope } from './values/evaluate.js';
import type { Expression } from './values/expression.js';

/** The input that a mapping makes of a row, before the domain's schema checks it. */
export interface AppliedRow {
  /** The row's key in its data set; absent for actors. */
  readonly id: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  readonly defects: readonly Defect[];
}

/** Makes an input from a row. Slugs of `named` stand in it for references that rows name. */
export function applyMapping(mapping: Mapping, row: Row, named: NamedReferences): AppliedRow {
  if (row.defect) return { id: undefined, input: {}, defects: [row.defect] };
  const application = new Application(named);
  const scope = scopeOf(mapping, row);
  const id = hasId(mapping) ? application.attempt('id', () => idOf(mapping, row)) : undefined;
  if (hasId(mapping)) application.checkId(id);
  const input = application.object(mapping.fields, scope, '');
  return { id, input, defects: application.defects };
}

/** Returns the row's id in its data set; undefined if it has none. */
export function readId(mapping: DevelopmentMapping, row: Row): string | undefined {
  try {
    return row.defect ? undefined : idOf(mapping, row);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** @throws {ValueError} */
function idOf(mapping: DevelopmentMapping, row: Row): string | undefined {
  const value = evaluateText(mapping.id.value, scopeOf(mapping, row));
  return value === undefined ? undefined : trimText(value);
}

/** Returns false if the conditions of the mapping leave the row out. A row with a defect is not left out. */
export function isMeant(mapping: Mapping, row: Row): boolean {
  if (row.defect || mapping.where.length === 0) return true;
  try {
    return meetsAll(mapping.where, scopeOf(mapping, row));
  } catch (error) {
    if (error instanceof ValueError) return true; // The row has a problem, which its fields tell.
    throw error;
  }
}

const scopeOf = ({ absent }: Mapping, { values, number, parents }: Row): Scope => ({
  row: values,
  number,
  parents,
  absent: new Set(absent),
});

const MAX_ID_LENGTH = 300;

class Application {
  readonly defects: Defect[] = [];
  readonly #named: NamedReferences;

  constructor(named: NamedReferences) {
    this.#named = named;
  }

  /** Runs `work`, and records a defect of the field if a value does not fit. */
  attempt<T>(field: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      this.defects.push({ field, value: error.value, reason: error.message, kind: error.kind });
      return undefined;
    }
  }

  checkId(id: string | undefined): void {
    if (this.defects.length > 0) return;
    const reason = 'Expected an id in the data set, by which a second import knows the row.';
    if (id === undefined) this.defects.push({ field: 'id', value: undefined, reason, kind: 'NO_ID' });
    else if (id.length > MAX_ID_LENGTH || !id.isWellFormed() || id.includes('\u0000')) {
      this.defects.push({
        field: 'id',
        value: id,
        reason: `Expected at most ${MAX_ID_LENGTH} characters of text.`,
        kind: 'BAD_VALUE',
      });
    }
  }

  object(fields: FieldTemplates, scope: Scope, at: string): Record<string, unknown> {
    const entries = Object.entries(fields).map(([field, template]) => {
      const value = template === undefined ? undefined : this.#value(template, scope, join(at, field));
      return [field, value] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  #value(template: Template, scope: Scope, at: string): unknown {
    if (isList(template)) return this.#list(template, scope, at);
    if (typeof template === 'object' && template !== null) {
      if ('owner' in template) return this.#reference(template, scope, at);
      if ('fields' in template) return this.object(template.fields, scope, at);
    }
    return this.attempt(at, () => evaluate(template as Expression, scope));
  }

  /** Leaves out vacant items, and repeated ones. */
  #list(items: readonly Template[], scope: Scope, at: string): unknown[] {
    const made: unknown[] = [];
    const seen = new Set<string>();
    const add = (value: unknown) => {
      const key = typeof value === 'string' ? value : JSON.stringify(value);
      if (value !== undefined && !seen.has(key)) made.push(value);
      seen.add(key);
    };
    for (const item of items) {
      for (const inner of this.#scopes(item, scope, at)) {
        const template = isRepeat(item) ? item.repeated : item;
        const value = this.#value(template, inner, join(at, String(made.length)));
        if (isVacant(template, value)) continue;
        for (const one of Array.isArray(value) ? value : [value]) add(one);
      }
    }
    return made;
  }

  #scopes(item: Template, scope: Scope, at: string): readonly Scope[] {
    const each = typeof item === 'object' && item !== null && 'each' in item ? item.each : undefined;
    if (each === undefined) return [scope];
    const items = this.attempt(at, () => evaluate(each as Expression, scope));
    return (items === undefined ? [] : [items]).flat().map((one) => ({ ...scope, item: one }));
  }

  #reference(reference: ReferenceTemplate, scope: Scope, at: string): string | undefined {
    return this.attempt(at, () => {
      const text = (expression: Expression | undefined) =>
        expression === undefined ? undefined : evaluateText(expression, scope);
      return this.#named.placeholderFor(reference, text);
    });
  }
}

const isList = (template: Template): template is readonly Template[] => Array.isArray(template);

const isRepeat = (template: Template): template is Repeat =>
  typeof template === 'object' && template !== null && 'repeated' in template;

/** Returns true if an item reads the row, and the row has none of the values that it reads. */
function isVacant(template: Template, value: unknown): boolean {
  if (value === undefined) return true;
  if (!isGroup(template) || typeof value !== 'object' || value === null) return false;
  const { rowFields } = template;
  return rowFields.length > 0 && rowFields.every((field) => !Object.hasOwn(value, field));
}

const isGroup = (template: Template): template is Group =>
  typeof template === 'object' && template !== null && 'fields' in template;

const join = (at: string, field: string) => (at === '' ? field : `${at}.${field}`);
