import type { z } from 'zod';
import { actorInput } from '../domain/actor.js';
import { type RecordFields, recordInputs } from '../domain/development/input.js';
import { type AppliedRow, applyMapping } from './apply-mapping.js';
import { MappingError, UnreadableFileError } from './errors.js';
import { hasPath, pathsIn } from './evaluate.js';
import { type ActorMapping, type DevelopmentMapping, KINDS, type Mapping } from './mapping.js';
import type { Progress } from './progress.js';
import type { RowFile } from './read-rows.js';
import { type Defect, type Problem, problemOf, type Row } from './row.js';
import { WantedThings } from './wanted.js';

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
  return [{ field: 'citations', value: undefined, reason }];
}

/** Makes an actor's fields from a row and checks them; its id is the value that it is matched by. */
export function checkActor(mapping: ActorMapping, row: Row, wanted: WantedThings): CheckedRow<ActorFields> {
  const checked = checkInput(mapping, actorInput, row, wanted);
  const { fields, defects } = checked;
  const key = fields?.[mapping.match];
  if (!fields || key) return { ...checked, id: key ?? undefined };
  const reason = `Expected a ${mapping.match}, by which the mapping matches actors.`;
  const defect = { field: mapping.match, value: undefined, reason };
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
    return [{ field, value, reason: value === undefined ? 'Expected a value; the row has none.' : message }];
  });
  return { id, fields: undefined, defects: [...defects, ...found] };
}

/** What reading all rows without the record came to. */
export interface Checked {
  readonly rows: number;
  readonly problems: readonly Problem[];
  /** Which rows have problems, counted from 0 through all files. */
  readonly bad: ReadonlySet<number>;
  readonly warnings: readonly string[];
}

/** Reads and checks every row, ids that repeat within the files included. Writes nothing. */
export async function checkRows(
  mapping: Mapping,
  files: readonly RowFile[],
  progress: Progress,
): Promise<Checked> {
  const problems: Problem[] = [];
  const bad = new Set<number>();
  const firstLines = new Map<string, string>();
  const unseen = new Set(pathsIn({ ...mapping, absent: [], reason: undefined }));
  let rows = 0;
  for (const file of files) {
    for await (const row of file.rows(progress.bytes)) {
      if (!row.defect) notePaths(unseen, row, file);
      const wanted = new WantedThings();
      const { id, defects } =
        mapping.record === 'actor'
          ? checkActor(mapping, row, wanted)
          : checkDevelopment(mapping, row, wanted);
      const repeated = id === undefined ? [] : repetition(firstLines, id, row);
      const all = [...repeated, ...defects];
      if (all.length > 0) bad.add(rows);
      for (const defect of all) problems.push(problemOf(row, id, defect));
      rows += 1;
      progress.rows(rows);
    }
  }
  const warnings =
    rows === 0 ? [] : [...unseen].map((path) => `No row has ${path}, which the mapping names.`);
  return { rows, problems, bad, warnings };
}

function repetition(firstLines: Map<string, string>, id: string, { file, line }: Row): Defect[] {
  const first = firstLines.get(id);
  if (first === undefined) {
    firstLines.set(id, `${file}, line ${line}`);
    return [];
  }
  return [{ field: 'id', value: id, reason: `The id stands in ${first} already; that row is kept.` }];
}

/** A column that the mapping names and a CSV does not have is a slip; in JSON a key may be left out. */
function notePaths(unseen: Set<string>, row: Row, { path: file, hasColumns }: RowFile): void {
  for (const path of unseen) {
    if (hasPath(path, row.values)) unseen.delete(path);
    else if (hasColumns) {
      const columns = Object.keys(row.values).join(', ');
      throw new MappingError(`for ${file}`, [`${path}: the file has no such column; it has ${columns}.`]);
    }
  }
}

/** The files are read twice; what they hold may not change in between. */
export function expectSameRows(before: number, now: number): void {
  if (before === now) return;
  throw new UnreadableFileError(
    `The files changed while they were imported: ${before} rows, then ${now}. Nothing was written; run it again.`,
  );
}
