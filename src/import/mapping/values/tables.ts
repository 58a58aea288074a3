import { dirname, resolve } from 'node:path';
import { UnreadableFileError } from '../../../files/errors.js';
import { fileSource } from '../../../files/lines.js';
import { readCsv } from '../../read/csv.js';
import type { MappingFault } from '../constants.js';
import { isObject, type TableFile, tableFile } from './expression.js';

const MAX_ROWS = 100_000;

/**
 * Puts the tables of files in place of `lookup: { file: … }`. Paths are relative to the mapping.
 *
 * @returns The mapping, and the faults of its tables.
 */
export async function withTables(
  value: unknown,
  mapping: string,
  faults: MappingFault[] = [],
  path: readonly PropertyKey[] = [],
): Promise<{ readonly value: unknown; readonly faults: readonly MappingFault[] }> {
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [index, item] of value.entries()) {
      items.push((await withTables(item, mapping, faults, [...path, index])).value);
    }
    return { value: items, faults };
  }
  if (!isObject(value)) return { value, faults };
  const entries: [string, unknown][] = [];
  for (const [key, part] of Object.entries(value)) {
    const here = [...path, key];
    const isFile = key === 'lookup' && isObject(part) && 'file' in part && 'key' in part;
    entries.push([
      key,
      isFile
        ? await tableOf(part, mapping, here, faults)
        : (await withTables(part, mapping, faults, here)).value,
    ]);
  }
  return { value: Object.fromEntries(entries), faults };
}

async function tableOf(
  value: unknown,
  mapping: string,
  path: readonly PropertyKey[],
  faults: MappingFault[],
): Promise<Record<string, string | null>> {
  const parsed = tableFile.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      faults.push({ path: [...path, ...issue.path], message: issue.message });
    }
    return {};
  }
  try {
    return await readTable(resolve(dirname(mapping), parsed.data.file), parsed.data);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    faults.push({ path, message: error.message });
    return {};
  }
}

/** Reads a table. Of rows with the same key, the last one counts, unless their values differ. */
async function readTable(file: string, { key, value }: TableFile): Promise<Record<string, string | null>> {
  const table = new Map<string, string | null>();
  const delimiter = /\.tsv$/i.test(file) ? '\t' : undefined;
  for await (const { line, values, defect } of readCsv(fileSource(file), () => {}, { delimiter })) {
    const fail = (reason: string) => new UnreadableFileError(`${file}, line ${line}: ${reason}`);
    if (defect) throw fail(defect.reason);
    for (const column of [key, value]) {
      if (!(column in values))
        throw fail(`Expected a column ${column}; it has ${Object.keys(values).join(', ')}.`);
    }
    const [from, to] = [String(values[key]).trim(), String(values[value]).trim()];
    // A constant that begins with `$` would be read as a column.
    const constant = to === '' ? null : to.replace(/^\$/, '$$$$');
    if (from === '') continue;
    const known = table.get(from);
    if (known !== undefined && known !== constant)
      throw fail(`Expected each ${key} once; got ${from} again, with another ${value}.`);
    table.set(from, constant);
    if (table.size > MAX_ROWS) throw fail(`Expected at most ${MAX_ROWS} rows.`);
  }
  return Object.fromEntries(table);
}
