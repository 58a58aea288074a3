import type { Transaction } from '../../database/open.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import { fieldValues } from '../../domain/development/content/decompose.js';
import type { ReviseFields } from '../../domain/development/content/input.js';
import type { Grades } from '../../domain/development/evidence/confidence.js';
import { preferredApart } from '../../domain/development/evidence/preferred.js';
import { withSlugs } from '../../domain/development/read/slugs-by-id.js';
import type { ManyChange } from '../../domain/development/write/commit-many.js';
import { type Merge, mergeFields } from '../../domain/development/write/merge.js';
import { ownersOf } from '../../domain/development/write/slugs.js';
import { InvalidInputError } from '../../domain/errors.js';
import { shown } from '../../domain/input.js';
import type { References } from '../../domain/references/lookup.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import type { Defect } from '../read/row.js';
import { defectsOf } from './defects.js';
import { type DifferingRow, UNDONE } from './known-rows.js';

/** The editor of everything that imports write. */
export const IMPORT_EDITOR = 'import';

/** What a row does to its development. */
export interface RowRevision {
  readonly candidate: DifferingRow;
  /** Undefined if the development stays as it is. */
  readonly change?: ManyChange;
  /** The content with fields that an editor has changed since. Undefined if there is no such conflict. */
  readonly proposed?: DevelopmentContent;
  /** Faults of the row. It is not written then. */
  readonly defects: readonly Defect[];
  /** Differences that are told and not written. */
  readonly notices: readonly Defect[];
}

/**
 * Merges rows into their developments. An editor's later change is never overwritten: if the row changes the same field,
 * its value is proposed, and both values are reported.
 */
export async function reviseRows(
  db: Transaction,
  mapping: DevelopmentMapping,
  candidates: readonly DifferingRow[],
  composing: { readonly refs: References; readonly grades: Grades },
): Promise<RowRevision[]> {
  const owners = await ownersOf(
    db,
    candidates.flatMap(({ fields }) => fields.slug ?? []),
  );
  const revisions: RowRevision[] = [];
  for (const candidate of candidates) {
    const { state } = candidate.history;
    const slug = candidate.fields.slug ?? state.content.slug;
    const owner = owners.get(slug);
    const none = { candidate, defects: [], notices: [] };
    if (state.status === 'RETRACTED') {
      revisions.push({ ...none, notices: [retractedNotice(candidate)] });
    } else if (owner !== undefined && owner !== state.id) {
      const reason = 'The slug belongs to another development.';
      revisions.push({ ...none, defects: [{ field: 'slug', value: slug, reason, kind: 'TAKEN_SLUG' }] });
    } else {
      owners.set(slug, state.id);
      revisions.push({ ...none, ...(await reviseRow(db, mapping, candidate, composing)) });
    }
  }
  return revisions;
}

async function reviseRow(
  db: Transaction,
  mapping: DevelopmentMapping,
  candidate: DifferingRow,
  composing: { readonly refs: References; readonly grades: Grades },
): Promise<Partial<RowRevision>> {
  const { history, before, fields } = candidate;
  const { state } = history;
  const given = givenFields(mapping, candidate);
  let merge: Merge;
  try {
    merge = mergeFields(history, IMPORT_EDITOR, given, composing);
    if (preferredApart(merge.content, composing.refs)) {
      throw InvalidInputError.at(
        'citations',
        'Expected the value of the preferred claim that the record has.',
      );
    }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { defects: defectsOf(error, fields) };
  }
  const told = async (names: readonly string[], kind: Defect['kind']): Promise<Defect[]> => {
    const values = await recordedValues(db, state.content, names);
    return names.map((field) => {
      const now = (given as Readonly<Record<string, unknown>>)[field] ?? undefined;
      const known = shown(values[field] ?? null);
      const why = kind === 'EDITED_SINCE' ? 'An editor has changed it since the data set gave it. ' : '';
      const reason = `${why}The record has ${known}, in the development "${state.content.slug}".`;
      return { field, value: now, reason, kind };
    });
  };
  const conflicts = merge.conflicts.length > 0 ? await told(merge.conflicts, 'EDITED_SINCE') : [];
  if (mapping.existing === 'report') {
    return { notices: [...conflicts, ...(await told(merge.changed, 'DIFFERS'))] };
  }
  const status = before === UNDONE && mapping.publish ? 'PUBLISHED' : state.status;
  const isChanged = merge.changed.length > 0 || status !== state.status;
  return {
    notices: conflicts,
    ...(isChanged && { change: { before: state, content: merge.content, status } }),
    ...(conflicts.length > 0 && { proposed: merge.proposed }),
  };
}

/** Every field of the mapping, with null for what the row no longer has. */
function givenFields(mapping: DevelopmentMapping, { fields, history }: DifferingRow): ReviseFields {
  const values = fields as Readonly<Record<string, unknown>>;
  const { slug, ...given } = Object.fromEntries(
    Object.keys(mapping.fields).map((field) => [field, values[field] ?? null]),
  );
  const isNew = typeof slug === 'string' && slug !== history.state.content.slug;
  return { ...given, ...(isNew && { newSlug: slug }) } as ReviseFields;
}

function retractedNotice({ history: { state } }: DifferingRow): Defect {
  const reason = `The development "${state.content.slug}" is retracted, so it stays as it is.`;
  return { field: 'row', value: undefined, reason, kind: 'DIFFERS' };
}

const EDITOR = { role: 'EDITOR', name: IMPORT_EDITOR } as const;

function recordedValues(
  db: Transaction,
  content: History['state']['content'],
  fields: readonly string[],
): Promise<Record<string, unknown>> {
  return withSlugs(db, EDITOR, (slugsAt) => fieldValues(content, fields, slugsAt(undefined)));
}
